package dev.assay.metrics.distribution;

import dev.assay.metrics.Distances;
import dev.assay.metrics.Points;
import java.util.Arrays;

/**
 * How two samples cover each other, when each point stands for a ball that reaches its k-th nearest
 * other point. 1 is good; density may exceed it.
 *
 * @param precision share of fake points in any real ball (Kynkäänniemi et al. 2019)
 * @param recall share of real points in any fake ball
 * @param density real balls that hold a fake point, mean over fake points, / k (Naeem et al. 2020)
 * @param coverage share of real balls that hold a fake point
 */
public record Manifolds(double precision, double recall, double density, double coverage) {
  /** Whether a ball holds the points on its surface. */
  public enum Boundary {
    /** No, d &lt; r, as Naeem et al. have it. */
    STRICT,
    /** Yes, d ≤ r, as Kynkäänniemi et al. have it. */
    CLOSED
  }

  /**
   * Compares two samples. Time quadratic, memory linear in the points.
   *
   * @param k from 1 to one less than the points of the smaller sample
   * @throws IllegalArgumentException for k out of range or points of unequal widths
   */
  public static Manifolds compare(Points real, Points fake, int k, Boundary boundary) {
    int most = Math.min(real.rows(), fake.rows()) - 1;
    if (k < 1 || k > most) {
      throw new IllegalArgumentException(
          "neighbours: %d; from 1 to %d with %d real and %d fake points"
              .formatted(k, most, real.rows(), fake.rows()));
    }
    double[] realRadii = radii(real, k);
    double[] fakeRadii = radii(fake, k);
    int[] balls = new int[fake.rows()];
    int[] held = new int[2];
    Distances.squared(
        real,
        fake,
        (i, squared) -> {
          boolean recalled = false;
          boolean covered = false;
          for (int j = 0; j < squared.length; j++) {
            boolean inReal = holds(squared[j], realRadii[i], boundary);
            balls[j] += inReal ? 1 : 0;
            covered |= inReal;
            recalled |= holds(squared[j], fakeRadii[j], boundary);
          }
          held[0] += recalled ? 1 : 0;
          held[1] += covered ? 1 : 0;
        });
    double inside = Arrays.stream(balls).filter(count -> count > 0).count();
    return new Manifolds(
        inside / fake.rows(),
        (double) held[0] / real.rows(),
        Arrays.stream(balls).asLongStream().sum() / ((double) k * fake.rows()),
        (double) held[1] / real.rows());
  }

  private static boolean holds(double squared, double radius, Boundary boundary) {
    return boundary == Boundary.STRICT ? squared < radius : squared <= radius;
  }

  /** Squared distances to the k-th nearest other point. */
  private static double[] radii(Points points, int k) {
    double[][] nearest = new double[points.rows()][k];
    for (double[] distances : nearest) {
      Arrays.fill(distances, Double.POSITIVE_INFINITY);
    }
    Distances.above(
        points,
        (i, squared) -> {
          for (int j = i + 1; j < squared.length; j++) {
            insert(squared[j], nearest[i]);
            insert(squared[j], nearest[j]);
          }
        });
    return Arrays.stream(nearest).mapToDouble(distances -> distances[k - 1]).toArray();
  }

  /** Keeps the smallest, in order. */
  private static void insert(double distance, double[] smallest) {
    int at = smallest.length - 1;
    if (distance >= smallest[at]) {
      return;
    }
    while (at > 0 && smallest[at - 1] > distance) {
      smallest[at] = smallest[at - 1];
      at--;
    }
    smallest[at] = distance;
  }
}
