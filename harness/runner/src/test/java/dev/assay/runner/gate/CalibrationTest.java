package dev.assay.runner.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.runner.experiment.GateSettings.Margin;
import dev.assay.tensor.RandomStream;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CalibrationTest {
  private static final int REPEATS = 20;

  private static GateRows noisy(double deviation) {
    RandomStream random = RandomStream.root(3);
    double[] seconds = new double[REPEATS];
    double[] fid = new double[REPEATS];
    for (int i = 0; i < REPEATS; i++) {
      seconds[i] = Math.exp(deviation * random.nextGaussian());
      fid[i] = 10 + 10 * deviation * random.nextGaussian();
    }
    return new GateRows().seconds(seconds).quality("fid", fid);
  }

  private static Calibration.Result calibrate(GateRows rows, double margin) {
    Margin tolerated = new Margin(margin, true);
    GateRules rules = GateRules.of(Map.of("train.seconds", tolerated, "fid", tolerated));
    return Calibration.of(rows.rows(), rules, 500);
  }

  @Test
  void halvesOfTheSameRepeatsRaiseFewAlarms() {
    Calibration.Result result = calibrate(noisy(0.02), 0);
    assertThat(result.trials()).isEqualTo(500);
    assertThat(result.rate()).isLessThanOrEqualTo(0.05);
    assertThat(calibrate(noisy(0.02), 0.05).alarms()).isZero();
  }

  @Test
  void theMarginGrowsWithTheNoise() {
    // Ten pairs: the interval's end is about (1.8 + 2.26) √(2 / 10) deviations away at most.
    Map<String, Calibration.Margin> quiet = calibrate(noisy(0.01), 0.05).margins();
    Map<String, Calibration.Margin> loud = calibrate(noisy(0.1), 0.05).margins();
    assertThat(quiet.get("train.seconds").value()).isBetween(0.005, 0.02);
    assertThat(quiet.get("train.seconds").ratio()).isTrue();
    assertThat(quiet.get("fid").value()).isBetween(0.05, 0.2);
    assertThat(quiet.get("fid").ratio()).isFalse();
    assertThat(loud.get("train.seconds").value())
        .isGreaterThan(5 * quiet.get("train.seconds").value());
  }

  @Test
  void whatIsNoMatterOfChanceIsLeftAside() {
    double[] bytes = new double[REPEATS];
    bytes[0] = 1e6;
    GateRows rows = noisy(0.02).add("allocated_bytes_per_step", "measured", "lower", bytes);
    Calibration.Result result = calibrate(rows, 0.05);
    assertThat(result.alarms()).isZero();
    assertThat(result.margins()).containsOnlyKeys("train.seconds", "fid");
  }

  @Test
  void samplingSeedsOfOneTrainingAreNoRepeats() {
    GateRows rows = new GateRows();
    for (int sample = 0; sample < 4; sample++) {
      rows.quality("fid", 1, 2, 3, 4, 5);
    }
    Calibration.Result result = Calibration.of(rows.rows(), GateRules.of(Map.of()), 10);
    assertThat(result.left()).containsExactly("fid of vae");
  }

  @Test
  void valuesThatAreNoNumbersRaiseNoAlarm() {
    double[] values = new double[REPEATS];
    Arrays.setAll(values, i -> i % 10 == 3 ? Double.NaN : 10 + 0.01 * i);
    Calibration.Result result = calibrate(new GateRows().quality("fid", values), 0.05);
    assertThat(result.alarms()).isZero();
    assertThat(result.margins()).containsOnlyKeys("fid");
  }

  @Test
  void fewRepeatsAreLeftOut() {
    Calibration.Result result = calibrate(new GateRows().quality("fid", 1, 2, 3), 0);
    assertThat(result.left()).containsExactly("fid of vae");
    assertThat(result.margins()).isEmpty();
  }
}
