package dev.assay.runner.gate;

import dev.assay.statistics.Descriptive;
import dev.assay.statistics.Interval;
import dev.assay.store.ResultRow;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the JSON that JMH writes ({@code -rf json}) as results: each benchmark with its parameters
 * is an entrant, each fork a repeat. More is better in mode {@code thrpt}; less in all others.
 */
public final class JmhResults {
  /** The kind of numbers of benchmarks. */
  static final String KIND = "benchmark";

  static final String ALLOCATED_BYTES = "allocated_bytes";

  private static final String HISTOGRAMS = "rawDataHistogram";
  private static final String ALLOCATED = "gc.alloc.rate.norm";
  private static final long LARGEST = 256L << 20;
  private static final double CONFIDENCE = 0.95;
  private static final ObjectMapper MAPPER = JsonMapper.builder().build();

  private JmhResults() {}

  /**
   * The rows of a file.
   *
   * @throws GateException if it is not what JMH writes
   */
  public static List<ResultRow> read(Path file) throws IOException {
    if (Files.size(file) > LARGEST) {
      throw new GateException(file + " has " + Files.size(file) + " bytes, too many");
    }
    JsonNode root;
    try {
      root = MAPPER.readTree(Files.readAllBytes(file));
    } catch (JacksonException e) {
      throw new GateException(file + " is no JSON: " + e.getOriginalMessage());
    }
    if (!root.isArray() || root.isEmpty()) {
      throw new GateException(
          file + " holds no results of JMH; write them with: java -jar BENCH.jar -rf json");
    }
    List<ResultRow> rows = new ArrayList<>();
    for (JsonNode one : root) {
      String name = one.path("benchmark").asString("");
      String mode = one.path("mode").asString("");
      JsonNode primary = one.path("primaryMetric");
      if (name.isEmpty() || mode.isEmpty() || !raw(primary).isArray()) {
        throw new GateException(
            file + ": an entry has no benchmark, mode or primaryMetric.rawData: " + name);
      }
      rows.addAll(rows(one, name, mode, primary));
    }
    return rows;
  }

  private static List<ResultRow> rows(JsonNode one, String name, String mode, JsonNode primary) {
    String direction = mode.equals("thrpt") ? "higher" : "lower";
    List<ResultRow> rows = new ArrayList<>(forks(one, name, mode, direction, primary));
    one.path("secondaryMetrics")
        .propertyStream()
        .filter(entry -> entry.getKey().endsWith(ALLOCATED))
        .forEach(entry -> rows.addAll(allocated(one, name, entry.getValue())));
    return rows;
  }

  private static List<ResultRow> forks(
      JsonNode one, String name, String metric, String direction, JsonNode measured) {
    List<ResultRow> rows = new ArrayList<>();
    for (JsonNode fork : raw(measured)) {
      double[] values = fork.valueStream().mapToDouble(JmhResults::iteration).toArray();
      if (values.length > 0) {
        rows.add(row(one, name, metric, direction, measured, values));
      }
    }
    return rows;
  }

  /** Of allocated bytes each iteration is a repeat, since the least of them counts. */
  private static List<ResultRow> allocated(JsonNode one, String name, JsonNode measured) {
    List<ResultRow> rows = new ArrayList<>();
    for (JsonNode fork : raw(measured)) {
      for (JsonNode iteration : fork) {
        rows.add(row(one, name, ALLOCATED_BYTES, "lower", measured, iteration(iteration)));
      }
    }
    return rows;
  }

  private static ResultRow row(
      JsonNode one,
      String name,
      String metric,
      String direction,
      JsonNode measured,
      double... values) {
    String unit = measured.path("scoreUnit").asString("");
    String signature =
        "jmh:" + one.path("jmhVersion").asString("") + "|threads:" + one.path("threads");
    RunRecord.Subject subject =
        new RunRecord.Subject(name, "", "", "", "", "", "", 0, 0, parameters(one));
    ResultRow.Value value = value(metric, direction, values, unit, signature);
    return new ResultRow("jmh", name, RunStatus.DONE, subject, Optional.of(value));
  }

  /** What each fork measured: numbers, or in mode {@code sample} histograms. */
  private static JsonNode raw(JsonNode measured) {
    return measured.has(HISTOGRAMS) ? measured.path(HISTOGRAMS) : measured.path("rawData");
  }

  /** One iteration: a number, or the mean of a histogram [[value, count], …]. */
  private static double iteration(JsonNode node) {
    if (!node.isArray()) {
      return node.asDouble(Double.NaN);
    }
    double sum = 0;
    double count = 0;
    for (JsonNode bar : node) {
      sum += bar.path(0).asDouble(Double.NaN) * bar.path(1).asDouble(Double.NaN);
      count += bar.path(1).asDouble(Double.NaN);
    }
    return sum / count;
  }

  private static ResultRow.Value value(
      String metric, String direction, double[] values, String unit, String signature) {
    Interval interval =
        values.length < 2
            ? new Interval(Double.NaN, Double.NaN)
            : Interval.student(CONFIDENCE, values);
    return new ResultRow.Value(
        metric,
        KIND,
        direction,
        Descriptive.mean(values),
        interval.low(),
        interval.high(),
        values.length,
        unit,
        signature);
  }

  private static String parameters(JsonNode one) {
    Map<String, String> parameters = new LinkedHashMap<>();
    one.path("params")
        .propertyStream()
        .forEach(entry -> parameters.put(entry.getKey(), entry.getValue().asString("")));
    return parameters.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(" "));
  }
}
