package dev.assay.dashboard.index;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What stands beside the quality of a model. */
public enum Measure {
  TRAIN_SECONDS("trainSeconds", "train.seconds", "s", "lower"),
  TRAIN_RATE("trainExamplesPerSecond", "train.examples_per_second", "1/s", "higher"),
  SAMPLE_SECONDS("sampleSeconds", "sample.seconds", "s", "lower"),
  SAMPLE_RATE("sampleExamplesPerSecond", "sample.examples_per_second", "1/s", "higher"),
  STEP("stepMilliseconds", "step.milliseconds", "ms", "lower"),
  MEMORY("memoryPeakBytes", "memory.peak_bytes", "B", "lower"),
  ENERGY("energyJoules", "energy.joules", "J", "lower"),
  PARAMETERS("parameters", "parameters", "1", "lower"),
  FLOPS("flopsPerStep", "flops_per_step", "flop", "lower");

  private final String key;
  private final String metric;
  private final String unit;
  private final String direction;

  Measure(String key, String metric, String unit, String direction) {
    this.key = key;
    this.metric = metric;
    this.unit = unit;
    this.direction = direction;
  }

  /** The name in the API. */
  public String key() {
    return key;
  }

  /** The name in records. */
  public String metric() {
    return metric;
  }

  public String unit() {
    return unit;
  }

  /** {@code lower} or {@code higher}. */
  public String direction() {
    return direction;
  }

  public static List<String> keys() {
    return Arrays.stream(values()).map(Measure::key).toList();
  }

  public static Optional<Measure> byKey(String key) {
    return Arrays.stream(values()).filter(measure -> measure.key.equals(key)).findFirst();
  }

  static Optional<Measure> byMetric(String metric) {
    return Arrays.stream(values()).filter(measure -> measure.metric.equals(metric)).findFirst();
  }
}
