package dev.assay.runner.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.runner.experiment.GateSettings.Margin;
import dev.assay.store.ResultRow;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What of a baseline still counts on another machine. */
final class MachinesTest {
  private static final GateRules EXACT =
      new GateRules(
          Map.of("train.seconds", new Margin(0.03, true)),
          GateRules.STANDARD,
          Set.of(),
          GateRules.LEVEL,
          true);

  private static GateRows rows(String speed, String bits, String hash) {
    return new GateRows()
        .quality("nll", 3, 3.1, 3.05)
        .seconds(10, 10.1, 9.9)
        .hash(1, "samples/samples", hash)
        .fact(ResultRow.SPEED, speed)
        .fact(ResultRow.BITS, bits);
  }

  private static GateReport compare(GateRows before, GateRows after) {
    return Gate.compare(before.rows(), after.rows(), EXACT);
  }

  @Test
  void equalMachinesMustGiveEqualBits() {
    GateReport report = compare(rows("old", "avx2", "aa"), rows("old", "avx2", "bb"));
    assertThat(report.findings().getFirst().reason()).contains("other bits");
    assertThat(report.verdict()).isEqualTo(Verdict.REGRESSED);
  }

  @Test
  void otherArithmeticOwesNoEqualBitsAndTheReportSaysSo() {
    GateReport report = compare(rows("old", "avx2", "aa"), rows("old", "avx512", "bb"));
    assertThat(report.verdict()).isEqualTo(Verdict.EQUIVALENT);
    assertThat(report.ungated())
        .containsExactly(
            "hash.samples/samples: equal bits are promised on like machines only: avx2 ≠ avx512");
  }

  @Test
  void whatUpdatesAllocateIsTheLeastOfAllSeedsAndMayNotGrowMuch() {
    GateRows before = new GateRows().count("allocated_bytes_per_step", 500_000, 5300, 5296);
    GateRows alike = new GateRows().count("allocated_bytes_per_step", 900_000, 5400, 70_000);
    GateRows more = new GateRows().count("allocated_bytes_per_step", 10_000, 10_000, 10_000);
    assertThat(compare(before, alike).verdict()).isEqualTo(Verdict.EQUIVALENT);
    assertThat(compare(before, more).verdict()).isEqualTo(Verdict.REGRESSED);
  }

  @Test
  void countsCompareWhateverTheNumberOfThreads() {
    GateRows two = new GateRows().signature("threads:2").count("parameters", 50);
    GateRows eight = new GateRows().signature("threads:8").count("parameters", 50);
    assertThat(compare(two, eight).verdict()).isEqualTo(Verdict.EQUIVALENT);
  }

  @Test
  void timesOfAnotherMachineAreInconclusiveAndQualityStillCounts() {
    GateReport report = compare(rows("old", "avx2", "aa"), rows("new", "avx2", "aa"));
    assertThat(report.findings())
        .filteredOn(finding -> finding.metric().equals("train.seconds"))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
          assertThat(finding.reason()).contains("measured on other machines: old ≠ new");
        });
    assertThat(report.count(Verdict.EQUIVALENT)).as("nll and the hash").isEqualTo(2);
  }
}
