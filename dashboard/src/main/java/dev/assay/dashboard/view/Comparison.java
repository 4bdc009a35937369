package dev.assay.dashboard.view;

import dev.assay.dashboard.index.Index;
import dev.assay.dashboard.index.RunRow;
import dev.assay.dashboard.view.CurveFile.Curve;
import dev.assay.dashboard.view.CurveFile.Point;
import dev.assay.store.RunRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Runs beside each other; see {@code openapi.yaml}. */
public record Comparison(
    List<RunSummary> runs,
    List<MetricLine> metrics,
    List<CurveLine> curves,
    List<Difference> config,
    List<Difference> environment,
    List<Pairs.Paired> paired) {
  private static final int POINTS = 300;

  /** One number, of each run; null where it has none. */
  public record MetricLine(
      @Nullable String board,
      String metric,
      String kind,
      String badge,
      String unit,
      String direction,
      String signature,
      String sampler,
      List<@Nullable Value> values) {}

  public record Value(double value, @Nullable Double low, @Nullable Double high) {}

  /** One curve, of each run that has it. */
  public record CurveLine(String name, List<RunCurve> series) {}

  public record RunCurve(
      String run, int total, long[] step, long[] examples, double[] seconds, double[] value) {}

  /** A setting or a fact, of each run; null where it has none. */
  public record Difference(String path, List<@Nullable Object> values, boolean same) {}

  public static Comparison of(List<RunRow> runs, Index index, RunViews views) throws IOException {
    List<List<Index.RunMetric>> metrics = new ArrayList<>();
    List<Map<String, List<Point>>> curves = new ArrayList<>();
    List<Map<String, @Nullable Object>> configs = new ArrayList<>();
    List<Map<String, @Nullable Object>> environments = new ArrayList<>();
    for (RunRow run : runs) {
      boolean table = run.source().equals("table");
      Optional<RunRecord> record = table ? Optional.empty() : views.folder(run).read();
      metrics.add(index.metrics(run.id()));
      curves.add(table ? Map.of() : CurveFile.read(views.folder(run).curves()));
      configs.add(flat(record.<Map<String, ?>>map(RunRecord::config).orElse(Map.of())));
      environments.add(flat(record.<Map<String, ?>>map(RunRecord::provenance).orElse(Map.of())));
    }
    return new Comparison(
        runs.stream().map(RunSummary::of).toList(),
        metricLines(metrics),
        curveLines(runs, curves),
        differences(configs),
        differences(environments),
        new Pairs(runs, metrics, index, views).all());
  }

  private static List<MetricLine> metricLines(List<List<Index.RunMetric>> metrics) {
    Map<List<String>, MetricLine> lines = new LinkedHashMap<>();
    for (int i = 0; i < metrics.size(); i++) {
      for (Index.RunMetric metric : metrics.get(i)) {
        var m = metric.row();
        List<String> key =
            List.of(m.metric(), m.kind(), m.unit(), m.direction(), m.signature(), m.sampler());
        MetricLine line = lines.computeIfAbsent(key, k -> line(metric, metrics.size()));
        line.values().set(i, new Value(m.value(), m.low(), m.high()));
        if (!metric.board().equals(line.board())) {
          lines.put(key, withoutBoard(line));
        }
      }
    }
    return List.copyOf(lines.values());
  }

  private static MetricLine line(Index.RunMetric metric, int runs) {
    List<@Nullable Value> values = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      values.add(null);
    }
    var m = metric.row();
    return new MetricLine(
        metric.board(),
        m.metric(),
        m.kind(),
        Badges.of(m.kind()),
        m.unit(),
        m.direction(),
        m.signature(),
        m.sampler(),
        values);
  }

  private static MetricLine withoutBoard(MetricLine l) {
    return new MetricLine(
        null,
        l.metric(),
        l.kind(),
        l.badge(),
        l.unit(),
        l.direction(),
        l.signature(),
        l.sampler(),
        l.values());
  }

  private static List<CurveLine> curveLines(
      List<RunRow> runs, List<Map<String, List<Point>>> curves) {
    TreeSet<String> names = new TreeSet<>();
    curves.forEach(own -> names.addAll(own.keySet()));
    List<CurveLine> lines = new ArrayList<>();
    for (String name : names) {
      List<RunCurve> series = new ArrayList<>();
      for (int i = 0; i < runs.size(); i++) {
        List<Point> points = curves.get(i).get(name);
        if (points != null) {
          Curve c = CurveFile.thinned(name, points, POINTS);
          series.add(
              new RunCurve(
                  runs.get(i).id(), c.total(), c.step(), c.examples(), c.seconds(), c.value()));
        }
      }
      if (series.size() > 1) {
        lines.add(new CurveLine(name, series));
      }
    }
    return lines;
  }

  private static Map<String, @Nullable Object> flat(Map<String, ?> nested) {
    Map<String, @Nullable Object> flat = new LinkedHashMap<>();
    flatten("", nested, flat);
    return flat;
  }

  private static void flatten(
      String path, @Nullable Object value, Map<String, @Nullable Object> into) {
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      map.forEach(
          (key, inner) -> flatten(path.isEmpty() ? "" + key : path + "." + key, inner, into));
    } else if (!path.isEmpty()) {
      into.put(path, value);
    }
  }

  private static List<Difference> differences(List<Map<String, @Nullable Object>> maps) {
    TreeMap<String, Difference> all = new TreeMap<>();
    for (Map<String, @Nullable Object> map : maps) {
      for (String path : map.keySet()) {
        List<@Nullable Object> values = new ArrayList<>();
        maps.forEach(other -> values.add(other.get(path)));
        boolean same = values.stream().allMatch(value -> Objects.equals(value, values.getFirst()));
        all.put(path, new Difference(path, values, same));
      }
    }
    return List.copyOf(all.values());
  }
}
