package dev.assay.runner.execute;

import dev.assay.runner.execute.Curves.Point;
import dev.assay.spi.Metric;
import java.util.List;
import java.util.Optional;

/**
 * When a training reached a validation score for the first time: the step, the seconds spent in
 * updates, and the energy where it can be read. Nothing where it never did.
 */
final class TimeToQuality {
  /** Name of the points of energy. */
  static final String JOULES = "energy.joules";

  private TimeToQuality() {}

  /**
   * @param points the curves of the whole training
   * @param method of validation scores
   * @param target mean −ln p in nats, as the points have it
   * @return whether it was reached
   */
  static boolean addTo(Rows rows, List<Point> points, String method, double target) {
    Optional<Point> reached =
        points.stream()
            .filter(point -> point.name().equals("valid." + method) && point.value() <= target)
            .findFirst();
    if (reached.isEmpty()) {
      return false;
    }
    Point point = reached.get();
    String how = "target:" + target + "|method:" + method;
    Metric.Direction lower = Metric.Direction.LOWER;
    rows.measured("time_to_quality", lower, point.seconds(), point.step(), "s", how);
    rows.measured("steps_to_quality", lower, (double) point.step(), point.step(), "1", how);
    points.stream()
        .filter(p -> p.name().equals(JOULES) && p.step() == point.step())
        .findFirst()
        .ifPresent(
            p -> rows.measured("energy_to_quality", lower, p.value(), point.step(), "J", how));
    return true;
  }
}
