package dev.assay.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * From where on a series of durations keeps its level: after warm-up, if it ever ends (Barrett et
 * al. 2017, "Virtual machine warmup blows hot and cold"). The series is cut where its level
 * changes; the last stretch counts as steady, and those before it as far as their level is the
 * same.
 *
 * @param from place of the first steady value; half way if the series never became steady
 * @param reached whether at least a quarter of the series is steady
 */
public record SteadyState(int from, boolean reached) {
  /** Levels this close, as a part of the last one, are the same. */
  private static final double SAME = 0.03;

  private static final double LEVEL = 0.01;
  private static final double LEAST = 0.25;

  /**
   * @param series durations of equal pieces of work, in order; at least one
   * @param draw from a bound to a whole number below it
   */
  public static SteadyState of(double[] series, IntUnaryOperator draw) {
    List<ChangePoints.Change> changes = ChangePoints.of(series, LEVEL, draw);
    int from = 0;
    for (ChangePoints.Change change : changes.reversed()) {
      double last = changes.getLast().after();
      if (Math.abs(change.before() - last) > SAME * last) {
        from = change.at();
        break;
      }
    }
    boolean reached = series.length - from >= LEAST * series.length;
    return new SteadyState(reached ? from : series.length / 2, reached);
  }

  /** The part of the series that this was found in which is taken for steady. */
  public double[] steady(double[] series) {
    return Arrays.copyOfRange(series, from, series.length);
  }
}
