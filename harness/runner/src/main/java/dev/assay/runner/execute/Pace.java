package dev.assay.runner.execute;

import dev.assay.runner.execute.Curves.Point;
import dev.assay.statistics.Descriptive;
import dev.assay.statistics.SteadyState;
import dev.assay.tensor.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How fast a training went on, in blocks of equally many updates: between 50 and 100 of them, and
 * fewer only for shorter trainings.
 *
 * @param seconds per training example in each block, in order
 * @param state which of them are steady
 * @param warmUp seconds of training before the steady ones
 */
public record Pace(double[] seconds, SteadyState state, double warmUp) {
  /** With fewer blocks, warm-up and chance cannot be told apart. */
  private static final int LEAST = 20;

  /** The pace behind curves; empty where the training was too short for one. */
  public static Optional<Pace> of(List<Point> curves) {
    List<Point> points = ends(curves);
    if (points.size() <= LEAST) {
      return Optional.empty();
    }
    double[] seconds = new double[points.size() - 1];
    for (int i = 0; i < seconds.length; i++) {
      Point from = points.get(i);
      Point to = points.get(i + 1);
      seconds[i] = (to.seconds() - from.seconds()) / (to.examples() - from.examples());
    }
    SteadyState state =
        SteadyState.of(seconds, RandomStream.root(0).child("steady state")::nextInt);
    return Optional.of(new Pace(seconds, state, points.get(state.from()).seconds()));
  }

  /** The beginning, and the end of each block. */
  private static List<Point> ends(List<Point> curves) {
    long last = curves.stream().mapToLong(Point::step).max().orElse(0);
    List<Point> points = new ArrayList<>();
    points.add(new Point(0, 0, 0, "", 0));
    for (Point point : curves) {
      Point before = points.getLast();
      if (point.step() % Curves.spacing(last) == 0
          && point.step() > before.step()
          && point.examples() > before.examples()) {
        points.add(point);
      }
    }
    return points;
  }

  /** The steady blocks' seconds per example. */
  public double[] steady() {
    return state.steady(seconds);
  }

  /** Examples a second in the steady state. */
  public double examplesPerSecond() {
    return 1 / Descriptive.mean(steady());
  }
}
