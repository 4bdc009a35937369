package dev.assay.runner.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.runner.experiment.GateSettings.Margin;
import dev.assay.tensor.RandomStream;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * How often the gate errs, counted over simulated runs: times with a deviation of 2 % and a drift
 * that interleaved repeats share, qualities with a deviation of 2 % over seeds.
 */
final class GateErrorsTest {
  private static final int TRIALS = 2000;
  private static final int TIMES = 10;
  private static final int SEEDS = 5;
  private static final double NOISE = 0.02;
  private static final double DRIFT = 0.2;

  /** No tolerance at all: every false alarm is the work of chance. */
  private static final Map<String, Margin> NONE =
      Map.of(
          "fid", new Margin(0, true),
          "nll", new Margin(0, true),
          "acc", new Margin(0, true),
          "train.seconds", new Margin(0, true));

  private static final Map<String, Margin> USUAL =
      Map.of("fid", new Margin(0.05, true), "train.seconds", new Margin(0.03, true));

  /** Both sides of a trial: the first drifts along with the second, as interleaved runs do. */
  private static Map<Verdict, Integer> verdicts(
      String name, double slower, double worse, double noise, Map<String, Margin> margins) {
    Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
    for (int trial = 0; trial < TRIALS; trial++) {
      RandomStream random = RandomStream.root(5).child(name).child(trial);
      GateRows before = new GateRows();
      GateRows after = new GateRows();
      double[] drift = new double[TIMES];
      for (int i = 1; i < TIMES; i++) {
        drift[i] = drift[i - 1] + DRIFT / TIMES * random.nextGaussian();
      }
      before.seconds(times(1, drift, noise, random));
      after.seconds(times(1 + slower, drift, noise, random));
      for (String model : new String[] {"vae", "gan", "flow"}) {
        before.model(model);
        after.model(model);
        for (String metric : new String[] {"fid", "nll"}) {
          before.quality(metric, values(20, noise, random));
          after.quality(metric, values(20 * (1 + worse), noise, random));
        }
        before.score("acc", values(0.9, noise, random));
        after.score("acc", values(0.9 / (1 + worse), noise, random));
      }
      Verdict verdict = Gate.compare(before.rows(), after.rows(), GateRules.of(margins)).verdict();
      counts.merge(verdict, 1, Integer::sum);
    }
    return counts;
  }

  private static double[] times(double level, double[] drift, double noise, RandomStream random) {
    double[] times = new double[TIMES];
    for (int i = 0; i < TIMES; i++) {
      times[i] = level * Math.exp(drift[i] + noise * random.nextGaussian());
    }
    return times;
  }

  private static double[] values(double mean, double noise, RandomStream random) {
    double[] values = new double[SEEDS];
    for (int i = 0; i < SEEDS; i++) {
      values[i] = mean * (1 + noise * random.nextGaussian());
    }
    return values;
  }

  private static double share(Map<Verdict, Integer> counts, Verdict verdict) {
    return counts.getOrDefault(verdict, 0) / (double) TRIALS;
  }

  @Test
  void equalSidesRaiseAtMostFivePercentFalseAlarmsWithoutAnyMargin() {
    Map<Verdict, Integer> counts = verdicts("a/a", 0, 0, NOISE, NONE);
    assertThat(share(counts, Verdict.REGRESSED)).as("%s", counts).isLessThanOrEqualTo(0.05);
    assertThat(share(counts, Verdict.IMPROVED)).as("%s", counts).isLessThanOrEqualTo(0.05);
  }

  @Test
  void equalSidesRaiseNextToNoneWithTheUsualMargins() {
    Map<Verdict, Integer> counts = verdicts("a/a", 0, 0, NOISE, USUAL);
    assertThat(share(counts, Verdict.REGRESSED)).as("%s", counts).isLessThanOrEqualTo(0.005);
  }

  @Test
  void aSlowdownOfFivePercentIsFound() {
    Map<Verdict, Integer> counts = verdicts("slow", 0.05, 0, NOISE, USUAL);
    assertThat(share(counts, Verdict.REGRESSED)).as("%s", counts).isGreaterThanOrEqualTo(0.9);
    assertThat(share(counts, Verdict.EQUIVALENT)).as("%s", counts).isZero();
  }

  @Test
  void aQualityLossOfFifteenPercentIsFound() {
    Map<Verdict, Integer> counts = verdicts("loss", 0, 0.15, NOISE, USUAL);
    assertThat(share(counts, Verdict.REGRESSED)).as("%s", counts).isGreaterThanOrEqualTo(0.9);
  }

  @Test
  void aNoisyPairIsInconclusiveAndNeverGreen() {
    Map<Verdict, Integer> counts = verdicts("noisy", 0, 0, 0.4, USUAL);
    assertThat(share(counts, Verdict.INCONCLUSIVE)).as("%s", counts).isGreaterThanOrEqualTo(0.95);
    assertThat(share(counts, Verdict.EQUIVALENT)).as("%s", counts).isZero();
  }

  /** The trials that the guide quotes, one after the other. */
  @Test
  void ofFiftyEqualPairsAtMostTwoRaiseAnAlarm() {
    int alarms = 0;
    for (int trial = 0; trial < 50; trial++) {
      RandomStream random = RandomStream.root(7).child(trial);
      GateRows before = new GateRows().quality("fid", values(20, NOISE, random));
      GateRows after = new GateRows().quality("fid", values(20, NOISE, random));
      before.seconds(times(1, new double[TIMES], NOISE, random));
      after.seconds(times(1, new double[TIMES], NOISE, random));
      GateReport report = Gate.compare(before.rows(), after.rows(), GateRules.of(NONE));
      alarms += report.verdict() == Verdict.REGRESSED ? 1 : 0;
    }
    assertThat(alarms).isLessThanOrEqualTo(2);
  }
}
