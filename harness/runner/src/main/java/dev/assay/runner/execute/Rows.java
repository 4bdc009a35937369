package dev.assay.runner.execute;

import dev.assay.spi.Metric;
import dev.assay.spi.MetricValue;
import dev.assay.store.MetricRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Collects the numbers of a run. */
final class Rows {
  /** Kind of times, sizes and counts. */
  static final String MEASURED = "measured";

  private final List<MetricRow> rows = new ArrayList<>();
  private final String conditions;

  /**
   * @param conditions under which times are measured, for their signature
   */
  Rows(String conditions) {
    this.conditions = conditions;
  }

  /** A number of a metric. */
  void add(String sampler, MetricValue value, String dataSignature) {
    rows.add(
        new MetricRow(
            sampler,
            value.metric(),
            value.kind(),
            direction(value.direction()),
            value.value(),
            finite(value.low()),
            finite(value.high()),
            value.n(),
            value.unit(),
            join(value.signature(), dataSignature)));
  }

  /** A time, size or count; dropped if it is no number. */
  void measured(
      String sampler,
      String metric,
      Metric.Direction direction,
      double value,
      long n,
      String unit) {
    measured(sampler, metric, direction, value, n, unit, conditions);
  }

  /** A measured number that is made in a way of its own, which {@code how} says. */
  void measured(
      String metric, Metric.Direction direction, double value, long n, String unit, String how) {
    measured("", metric, direction, value, n, unit, how + "|" + conditions);
  }

  private void measured(
      String sampler,
      String metric,
      Metric.Direction direction,
      double value,
      long n,
      String unit,
      String signature) {
    if (Double.isFinite(value)) {
      rows.add(
          new MetricRow(
              sampler,
              metric,
              MEASURED,
              direction(direction),
              value,
              null,
              null,
              n,
              unit,
              signature));
    }
  }

  boolean has(String metric) {
    return rows.stream().anyMatch(row -> row.metric().equals(metric));
  }

  List<MetricRow> all() {
    return rows;
  }

  private static String join(String signature, String data) {
    return signature.isEmpty() ? data : signature + "|" + data;
  }

  private static String direction(Metric.Direction direction) {
    return direction.name().toLowerCase(Locale.ROOT);
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? Double.valueOf(value) : null;
  }
}
