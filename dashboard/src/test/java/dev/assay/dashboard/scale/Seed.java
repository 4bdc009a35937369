package dev.assay.dashboard.scale;

import dev.assay.store.Digests;
import dev.assay.store.MetricRow;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Fills a results folder with made-up runs: on each dataset 40 models with some settings, 5 seeds
 * of each. Without the care of the store for power cuts, which would take hours.
 *
 * @param settings of each model
 * @param points of each run's learning curve
 */
public record Seed(Path results, int datasets, int settings, int points) {
  private static final int MODELS = 40;
  private static final int SEEDS = 5;

  private static final JsonMapper JSON =
      JsonMapper.builder().disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY).build();

  int runs() {
    return datasets * MODELS * settings * SEEDS;
  }

  /** Writes all runs. */
  public void write() {
    IntStream.range(0, runs()).parallel().forEach(this::write);
  }

  private void write(int number) {
    RunRecord record = record(number);
    Path folder =
        results.resolve("runs").resolve(record.experiment()).resolve("runs").resolve(record.run());
    try {
      Files.createDirectories(folder);
      Files.write(folder.resolve("run.json"), JSON.writeValueAsBytes(record));
      Files.writeString(folder.resolve("metrics.csv"), curve(number));
      String time =
          "2026-%02d-%02dT%02d:00:00Z"
              .formatted(1 + number / 28 % 12, 1 + number % 28, number / 336 % 24);
      Files.writeString(
          folder.resolve("events.jsonl"), "{\"time\":\"" + time + "\",\"event\":\"start\"}\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The run of a number: its seed turns fastest, then its setting, model and dataset. */
  RunRecord record(int number) {
    int seed = number % SEEDS;
    int setting = number / SEEDS % settings;
    int model = number / (SEEDS * settings) % MODELS;
    int dataset = number / (SEEDS * settings * MODELS);
    String data = "dataset-" + dataset;
    String params = "width=" + 8 * (setting + 1);
    Map<String, Object> config =
        Map.of(
            "model", Map.of("id", "model-" + model, "params", Map.of("width", 8 * (setting + 1))),
            "data", Map.of("id", data),
            "budget", Map.of("steps", 1_000),
            "seed", seed);
    Random random = new Random(number);
    double quality = 20 + model + 0.2 * setting + random.nextGaussian();
    double sampleError = Math.abs(0.02 * model + 0.01 * random.nextGaussian());
    return new RunRecord(
        RunRecord.SCHEMA,
        Digests.ofText(data + " " + model + " " + params + " " + seed).substring(0, 16),
        "",
        "study-" + dataset,
        RunStatus.DONE,
        "",
        new RunRecord.Subject(
            "model-" + model,
            "family-" + model % 8,
            data,
            "test",
            setting % 2 == 0 ? "cpu" : "jcuda",
            "device",
            "fp32",
            seed,
            1,
            params),
        new RunRecord.Progress(1_000, 64_000, 10 + model, 0),
        List.of(
            interval("nll", "exact/mass", quality, "nats/example", "v1|method:exact|data:" + data),
            interval("c2st", "sample", sampleError, "1", "v1|data:" + data),
            measured("train.seconds", "lower", 10 + model + random.nextDouble(), "s"),
            measured("train.examples_per_second", "higher", 1e5 / (1 + model), "1/s"),
            measured("sample.examples_per_second", "higher", 1e6 / (1 + setting), "1/s"),
            measured("memory.peak_bytes", "lower", 1e6 * (1 + setting), "B"),
            measured("parameters", "none", 64.0 * (setting + 1), "1")),
        Map.of("data", Digests.ofText(data)),
        Map.of("git.commit", "c0ffee", "git.dirty", "false", "cpu", "some processor"),
        config);
  }

  private static MetricRow interval(
      String metric, String kind, double value, String unit, String signature) {
    return new MetricRow(
        "", metric, kind, "lower", value, value - 0.1, value + 0.1, 1_000, unit, signature);
  }

  private static MetricRow measured(String metric, String direction, double value, String unit) {
    return new MetricRow(
        "", metric, "measured", direction, value, null, null, 1, unit, "threads:2|jobs:1");
  }

  private String curve(int number) {
    StringBuilder curve = new StringBuilder("step,examples,seconds,name,value\n");
    for (int step = 1; step <= points; step++) {
      curve
          .append(step * 10)
          .append(',')
          .append(step * 640)
          .append(',')
          .append(step * 0.125)
          .append(",train.loss,")
          .append((float) (number % 97 + 100.0 / step))
          .append('\n');
    }
    return curve.toString();
  }
}
