package dev.assay.store;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the seeds of one entrant say of one metric.
 *
 * @param low lower end of the interval that decides ties: over seeds if there are several, else
 *     over test items, else the value itself
 */
record Score(
    Entrant entrant,
    int seeds,
    int failed,
    double mean,
    @Nullable Double sd,
    double low,
    double high) {
  private static final double CONFIDENCE = 0.95;

  static Score of(Entrant entrant, List<MetricRow> values, int failed) {
    int n = values.size();
    double mean = values.stream().mapToDouble(MetricRow::value).sum() / n;
    if (n == 1) {
      MetricRow only = values.getFirst();
      double low = Objects.requireNonNullElse(only.low(), mean);
      double high = Objects.requireNonNullElse(only.high(), mean);
      return new Score(entrant, 1, failed, mean, null, low, high);
    }
    double squares =
        values.stream().mapToDouble(v -> (v.value() - mean) * (v.value() - mean)).sum();
    double sd = Math.sqrt(squares / (n - 1));
    double half = StudentT.twoSided(CONFIDENCE, n - 1) * sd / Math.sqrt(n);
    return new Score(entrant, n, failed, mean, sd, mean - half, mean + half);
  }

  boolean ties(Score leader) {
    return (failed > 0) == (leader.failed > 0) && low <= leader.high && high >= leader.low;
  }
}
