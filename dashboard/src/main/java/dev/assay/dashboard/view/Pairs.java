package dev.assay.dashboard.view;

import dev.assay.dashboard.index.Index;
import dev.assay.dashboard.index.RunRow;
import dev.assay.statistics.Descriptive;
import dev.assay.statistics.Holm;
import dev.assay.statistics.Interval;
import dev.assay.statistics.PairedTests;
import dev.assay.statistics.RankGroups;
import dev.assay.store.MetricRow;
import dev.assay.store.NamedArrays;
import dev.assay.store.RunStatus;
import dev.assay.store.SafeTensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Differences of runs by pairs: over the test items both scored, or over the seeds they share. */
public final class Pairs {
  private static final double CONFIDENCE = 0.95;
  private static final double SAME_SCALE = 1e-6;

  private final List<RunRow> runs;
  private final List<List<Index.RunMetric>> metrics;
  private final Index index;
  private final RunViews views;

  Pairs(List<RunRow> runs, List<List<Index.RunMetric>> metrics, Index index, RunViews views) {
    this.runs = runs;
    this.metrics = metrics;
    this.index = index;
    this.views = views;
  }

  /** A difference first − second. */
  public record Paired(
      int first,
      int second,
      String metric,
      String kind,
      String unit,
      String direction,
      String over,
      int n,
      double difference,
      double low,
      double high,
      double p,
      String verdict) {
    private Paired corrected(double adjusted) {
      String verdict =
          adjusted > RankGroups.LEVEL || direction.equals("none")
              ? "tie"
              : (difference < 0) == direction.equals("lower") ? "first" : "second";
      return new Paired(
          first,
          second,
          metric,
          kind,
          unit,
          direction,
          over,
          n,
          difference,
          low,
          high,
          adjusted,
          verdict);
    }
  }

  /** All pairs of all runs, Holm's correction over all of them. */
  List<Paired> all() throws IOException {
    List<Optional<NamedArrays>> scores = new ArrayList<>();
    List<Map<Long, List<Index.RunMetric>>> seeds = new ArrayList<>();
    for (RunRow run : runs) {
      scores.add(scores(run));
      seeds.add(seeds(run));
    }
    List<Paired> found = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      for (int j = i + 1; j < runs.size(); j++) {
        overItems(i, j, scores, found);
        overSeeds(i, j, seeds, found);
      }
    }
    double[] adjusted = Holm.adjust(found.stream().mapToDouble(Paired::p).toArray());
    List<Paired> corrected = new ArrayList<>();
    for (int k = 0; k < adjusted.length; k++) {
      corrected.add(found.get(k).corrected(adjusted[k]));
    }
    return corrected;
  }

  private Optional<NamedArrays> scores(RunRow run) throws IOException {
    if (run.source().equals("table")) {
      return Optional.empty();
    }
    Path file = views.folder(run).scores();
    try {
      return Files.isRegularFile(file) ? Optional.of(SafeTensors.read(file)) : Optional.empty();
    } catch (dev.assay.store.DamagedFileException e) {
      return Optional.empty();
    }
  }

  /** The numbers of the runs that differ from one by seed alone. */
  private Map<Long, List<Index.RunMetric>> seeds(RunRow run) throws IOException {
    Map<Long, List<Index.RunMetric>> seeds = new TreeMap<>();
    for (RunRow other : index.seeds(run)) {
      if (other.status() == RunStatus.DONE) {
        seeds.putIfAbsent(other.trainSeed(), index.metrics(other.id()));
      }
    }
    return seeds;
  }

  /**
   * A likelihood metric is a constant times the mean score; the same constant carries the paired
   * difference into the metric's unit.
   */
  private void overItems(int i, int j, List<Optional<NamedArrays>> scores, List<Paired> found) {
    if (scores.get(i).isEmpty() || scores.get(j).isEmpty()) {
      return;
    }
    NamedArrays a = scores.get(i).get();
    NamedArrays b = scores.get(j).get();
    String data = a.metadata().get("data");
    if (data == null || !data.equals(b.metadata().get("data"))) {
      return;
    }
    for (Index.RunMetric first : metrics.get(i)) {
      Optional<MetricRow> second = same(first.row(), metrics.get(j));
      Optional<String> method = first.row().signaturePart("method");
      if (second.isPresent()
          && method.isPresent()
          && a.arrays().get(method.get()) instanceof NamedArrays.Array.F64 x
          && b.arrays().get(method.get()) instanceof NamedArrays.Array.F64 y
          && x.length() == y.length()
          && x.length() > 1) {
        double scale = first.row().value() / Descriptive.mean(x.values());
        double other = second.get().value() / Descriptive.mean(y.values());
        if (Math.abs(scale - other) <= SAME_SCALE * Math.abs(scale)) {
          double[] differences =
              Arrays.stream(PairedTests.differences(x.values(), y.values()))
                  .map(d -> d * scale)
                  .toArray();
          found.add(paired(i, j, first.row(), "items", differences));
        }
      }
    }
  }

  private void overSeeds(
      int i, int j, List<Map<Long, List<Index.RunMetric>>> seeds, List<Paired> found) {
    if (runs.get(i).entrant().equals(runs.get(j).entrant())
        && runs.get(i).variant().equals(runs.get(j).variant())) {
      return; // the same model twice: its seeds have no pairs
    }
    for (Index.RunMetric metric : metrics.get(i)) {
      List<Double> differences = new ArrayList<>();
      seeds
          .get(i)
          .forEach((seed, own) -> {
            Optional<MetricRow> first = same(metric.row(), own);
            Optional<MetricRow> second =
                same(metric.row(), seeds.get(j).getOrDefault(seed, List.of()));
            if (first.isPresent() && second.isPresent()) {
              differences.add(first.get().value() - second.get().value());
            }
          });
      if (differences.size() > 1) {
        found.add(
            paired(
                i,
                j,
                metric.row(),
                "seeds",
                differences.stream().mapToDouble(Double::doubleValue).toArray()));
      }
    }
  }

  private static Optional<MetricRow> same(MetricRow row, List<Index.RunMetric> others) {
    return others.stream()
        .map(Index.RunMetric::row)
        .filter(o ->
            o.metric().equals(row.metric())
                && o.kind().equals(row.kind())
                && o.unit().equals(row.unit())
                && o.signature().equals(row.signature())
                && o.sampler().equals(row.sampler()))
        .findFirst();
  }

  private static Paired paired(int i, int j, MetricRow row, String over, double[] differences) {
    Interval interval = Interval.student(CONFIDENCE, differences);
    return new Paired(
        i,
        j,
        row.metric(),
        row.kind(),
        row.unit(),
        row.direction(),
        over,
        differences.length,
        Descriptive.mean(differences),
        interval.low(),
        interval.high(),
        PairedTests.t(differences).p(),
        "tie");
  }
}
