package dev.assay.dashboard;

import dev.assay.dashboard.index.Names;
import dev.assay.store.Digests;
import dev.assay.store.MetricRow;
import dev.assay.store.RunFolder;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStatus;
import dev.assay.store.RunStore;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/** Makes folders of results for tests. */
public final class Folders {
  private Folders() {}

  /** A run that is done, with an exact score, a sample metric and measures. */
  public static RunRecord record(
      String experiment, String model, String dataset, long seed, double nll) {
    return record(experiment, model, dataset, seed, RunStatus.DONE, nll, "c0ffee");
  }

  public static RunRecord record(
      String experiment,
      String model,
      String dataset,
      long seed,
      RunStatus status,
      double nll,
      String commit) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("model", Map.of("id", model, "params", Map.of("width", 8)));
    config.put("data", Map.of("id", dataset));
    config.put("budget", Map.of("steps", 100));
    config.put("seed", seed);
    config.put("code", Map.of("commit", commit));
    RunRecord draft = record("", experiment, model, dataset, seed, status, nll, commit, config);
    return record(Names.run(draft), experiment, model, dataset, seed, status, nll, commit, config);
  }

  private static RunRecord record(
      String run,
      String experiment,
      String model,
      String dataset,
      long seed,
      RunStatus status,
      double nll,
      String commit,
      Map<String, Object> config) {
    List<MetricRow> metrics = new ArrayList<>();
    if (status == RunStatus.DONE) {
      metrics.add(
          new MetricRow(
              "",
              "nll",
              "exact/mass",
              "lower",
              nll,
              nll - 0.1,
              nll + 0.1,
              100,
              "nats/example",
              "v1|method:exact|data:" + dataset));
      metrics.add(
          new MetricRow(
              "", "c2st", "sample", "lower", 0.2, 0.1, 0.3, 100, "1", "v1|data:" + dataset));
      metrics.add(measured("train.seconds", "lower", 2, "s"));
      metrics.add(measured("sample.examples_per_second", "higher", 1000 / nll, "1/s"));
      metrics.add(measured("parameters", "none", 42, "1"));
    }
    return new RunRecord(
        RunRecord.SCHEMA,
        run,
        "training",
        experiment,
        status,
        status == RunStatus.DONE ? "" : "why not",
        new RunRecord.Subject(
            model, "family-" + model.charAt(0), dataset, "test", "cpu", "cpu", "fp32", seed, 1, ""),
        new RunRecord.Progress(100, 6400, 2, 0),
        metrics,
        Map.of("data", Digests.ofText(dataset)),
        Map.of("git.commit", commit, "git.dirty", "false", "cpu", "some processor"),
        config);
  }

  private static MetricRow measured(String metric, String direction, double value, String unit) {
    return new MetricRow(
        "", metric, "measured", direction, value, null, null, 1, unit, "threads:2|jobs:1");
  }

  /** Writes the run with its curves, events and samples. */
  public static RunFolder write(Path store, RunRecord record) throws IOException {
    RunFolder folder = new RunStore(store).run(record.run());
    folder.write(record);
    Files.writeString(
        folder.events(),
        "{\"time\":\"2026-11-21T11:49:29.102Z\",\"event\":\"start\"}\n"
            + "{\"time\":\"2026-11-21T11:50:29Z\",\"event\":\"end\",\"status\":\"DONE\"}\n");
    StringBuilder curves = new StringBuilder("step,examples,seconds,name,value\n");
    for (int step = 1; step <= 20; step++) {
      curves
          .append(step)
          .append(',')
          .append(step * 64)
          .append(',')
          .append(step * 0.1)
          .append(",train.loss,")
          .append(10.0 / step)
          .append('\n');
    }
    Files.writeString(folder.curves(), curves.toString());
    Files.createDirectories(folder.samples());
    Files.writeString(folder.samples().resolve("samples.csv"), "x0,x1\n0.5,1.5\n-2,text\n");
    Files.writeString(folder.samples().resolve("names.txt"), "emma\nolivia\n");
    ImageIO.write(
        new BufferedImage(5, 3, BufferedImage.TYPE_BYTE_GRAY),
        "png",
        folder.samples().resolve("samples.png").toFile());
    return folder;
  }

  /** Three models on two datasets, two seeds each, one seed of one failed, one run in progress. */
  public static void fill(Path results) throws IOException {
    Path store = results.resolve("runs").resolve("study");
    double nll = 10;
    for (String dataset : List.of("digits", "points")) {
      for (String model : List.of("gmm", "vae", "flow")) {
        for (long seed = 1; seed <= 2; seed++) {
          write(store, record("study", model, dataset, seed, nll + 0.01 * seed));
        }
        nll += 5;
      }
    }
    write(store, record("study", "vae", "digits", 3, RunStatus.FAILED, 0, "c0ffee"));
    write(store, record("study", "gmm", "points", 9, RunStatus.RUNNING, 0, "c0ffee"));
  }
}
