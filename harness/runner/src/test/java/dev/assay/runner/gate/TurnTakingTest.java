package dev.assay.runner.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.runner.execute.Pace;
import dev.assay.runner.gate.TurnTaking.Process;
import dev.assay.statistics.SteadyState;
import dev.assay.store.ResultRow;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStatus;
import dev.assay.tensor.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Two builds whose speeds are known, since they are made up. */
final class TurnTakingTest {
  private static final int FORKS = 6;
  private static final int BLOCKS = 60;
  private static final int WARM = 10;

  private static final RunRecord.Subject SUBJECT =
      new RunRecord.Subject("vae", "vae", "digits", "test", "cpu", "cpu", "fp32", 1, 1, "latent=4");

  /**
   * Processes whose blocks take {@code level} seconds per example in the steady state.
   *
   * @param between deviation from process to process, as a part
   * @param within deviation from block to block, as a part
   */
  private static List<Process> processes(
      double level, double between, double within, double flops, RandomStream random) {
    List<Process> processes = new ArrayList<>();
    for (int k = 0; k < FORKS; k++) {
      double own = level * (1 + between * random.nextGaussian());
      double[] seconds = new double[BLOCKS];
      for (int i = 0; i < BLOCKS; i++) {
        seconds[i] = (i < WARM ? 5 : 1) * own * (1 + within * random.nextGaussian());
      }
      Pace pace = new Pace(seconds, new SteadyState(WARM, true), 1);
      processes.add(new Process(rows(flops), Map.of(SUBJECT, pace)));
    }
    return processes;
  }

  private static List<ResultRow> rows(double flops) {
    List<ResultRow> rows = new ArrayList<>();
    Map.of("parameters", 50.0, "flops_per_step", flops, "nll", 3.0)
        .forEach((metric, value) -> {
          ResultRow.Value number =
              new ResultRow.Value(
                  metric,
                  metric.equals("nll") ? "exact" : "measured",
                  metric.equals("nll") ? "lower" : "none",
                  value,
                  Double.NaN,
                  Double.NaN,
                  1,
                  "1",
                  "v1");
          rows.add(new ResultRow("e", "r", RunStatus.DONE, SUBJECT, Optional.of(number)));
        });
    return rows;
  }

  private static GateReport compare(double slower, double between, double within, int trial) {
    RandomStream random = RandomStream.root(11).child(trial);
    return TurnTaking.compare(
        processes(1e-3, between, within, 100, random),
        processes(1e-3 * (1 + slower), between, within, 100, random),
        GateRules.of(Map.of()));
  }

  private static Finding throughput(GateReport report) {
    return report.findings().stream()
        .filter(finding -> finding.metric().equals(TurnTaking.THROUGHPUT))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theChangeIsTheLogarithmOfTheRatioInTheSteadyStateAlone() {
    GateReport report = compare(0.08, 0, 0, 0);
    Finding finding = throughput(report);
    assertThat(finding.verdict()).isEqualTo(Verdict.REGRESSED);
    assertThat(finding.baseline()).isCloseTo(1000, within(1e-6));
    assertThat(finding.candidate()).isCloseTo(1000 / 1.08, within(1e-6));
    Finding.Test test = finding.test().orElseThrow();
    assertThat(test.worsening()).isCloseTo(0.08, within(1e-9));
    assertThat(test.margin()).isCloseTo(0.03, within(1e-9));
    assertThat(test.repeats()).isEqualTo(FORKS);
    assertThat(report.findings()).extracting(Finding::metric).doesNotContain("nll");
  }

  @Test
  void aSlowdownOfFivePercentIsFoundAndASpeedUpIsAnImprovement() {
    int found = 0;
    for (int trial = 0; trial < 50; trial++) {
      found += throughput(compare(0.05, 0.005, 0.03, trial)).verdict() == Verdict.REGRESSED ? 1 : 0;
    }
    assertThat(found).isGreaterThanOrEqualTo(48);
    assertThat(throughput(compare(-0.1, 0.005, 0.03, 1)).verdict()).isEqualTo(Verdict.IMPROVED);
  }

  @Test
  void ofFiftyEqualPairsNoneIsCalledWorseAndMostAreEquivalent() {
    int equivalent = 0;
    for (int trial = 0; trial < 50; trial++) {
      Verdict verdict = compare(0, 0.01, 0.03, trial).verdict();
      assertThat(verdict).isNotEqualTo(Verdict.REGRESSED);
      equivalent += verdict == Verdict.EQUIVALENT ? 1 : 0;
    }
    assertThat(equivalent).isGreaterThanOrEqualTo(45);
  }

  @Test
  void aNoisyPairIsInconclusive() {
    assertThat(throughput(compare(0, 0.2, 0.1, 1)).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void moreOperationsAreARegressionWhateverTheClockSays() {
    RandomStream random = RandomStream.root(1);
    GateReport report =
        TurnTaking.compare(
            processes(1e-3, 0, 0.01, 100, random),
            processes(1e-3, 0, 0.01, 101, random),
            GateRules.of(Map.of()));
    Finding first = report.findings().getFirst();
    assertThat(first.metric()).isEqualTo("flops_per_step");
    assertThat(first.verdict()).isEqualTo(Verdict.REGRESSED);
  }

  @Test
  void processesThatNeverBecameSteadyProveNothing() {
    RandomStream random = RandomStream.root(1);
    List<Process> base = processes(1e-3, 0, 0.01, 100, random);
    List<Process> head =
        base.stream()
            .map(process -> {
              Pace pace = process.paces().get(SUBJECT);
              SteadyState unsteady = new SteadyState(BLOCKS / 2, false);
              return new Process(
                  process.rows(), Map.of(SUBJECT, new Pace(pace.seconds(), unsteady, 1)));
            })
            .toList();
    Finding finding = throughput(TurnTaking.compare(base, head, GateRules.of(Map.of())));
    assertThat(finding.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(finding.reason()).startsWith("0 of 6 pairs became steady");
  }

  @Test
  void aHeadWhoseTrainingsFailIsRegressedAndNotTooShort() {
    Process good = new Process(rows(100), Map.of());
    ResultRow failure = new ResultRow("e", "r", RunStatus.FAILED, SUBJECT, Optional.empty());
    Process failed = new Process(List.of(failure), Map.of());
    GateReport report = TurnTaking.compare(List.of(good), List.of(failed), GateRules.of(Map.of()));
    assertThat(report.verdict()).isEqualTo(Verdict.REGRESSED);
    assertThat(report.findings().getFirst().reason()).contains("seed 1 is FAILED");
    assertThat(report.ungated()).noneMatch(line -> line.contains("too few updates"));
  }

  @Test
  void trainingsTooShortToTimeAreRefused() {
    List<Process> process = List.of(new Process(rows(100), Map.of()));
    assertThatThrownBy(() -> TurnTaking.compare(process, process, GateRules.of(Map.of())))
        .isInstanceOf(GateException.class)
        .hasMessageContaining("at least 20");
  }
}
