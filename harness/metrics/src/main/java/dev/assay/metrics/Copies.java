package dev.assay.metrics;

import dev.assay.tensor.RandomStream;
import java.util.Arrays;

/** Whose nearest example is a training one. */
final class Copies {
  /** Examples whose distances are in memory at once. */
  private static final int CHUNK = 8192;

  /** Coordinates that are enough to tell neighbours. */
  private static final int WIDTH = 64;

  private Copies() {}

  /**
   * For each point, the part of its nearest examples, all those at equal distance, that are
   * training ones.
   *
   * @param itself for each point, its own place in {@code train}, where it is not to be looked for,
   *     or −1
   * @param train at least 2 points
   */
  static double[] nearestIsTrain(Points points, int[] itself, Points train, Points held) {
    double[] best = new double[points.rows()];
    Arrays.fill(best, Double.POSITIVE_INFINITY);
    int[] ofTrain = new int[points.rows()];
    int[] ofHeld = new int[points.rows()];
    search(points, itself, train, best, ofTrain, ofHeld);
    int[] none = new int[points.rows()];
    Arrays.fill(none, -1);
    search(points, none, held, best, ofHeld, ofTrain);
    double[] shares = new double[points.rows()];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = (double) ofTrain[i] / (ofTrain[i] + ofHeld[i]);
    }
    return shares;
  }

  /** Counts the nearest of some examples; the others' count ends where these are nearer. */
  private static void search(
      Points points, int[] itself, Points examples, double[] best, int[] count, int[] others) {
    for (int from = 0; from < examples.rows(); from += CHUNK) {
      int first = from;
      Points chunk = examples.range(from, Math.min(from + CHUNK, examples.rows()));
      Distances.squared(
          points,
          chunk,
          (i, squared) -> {
            for (int j = 0; j < chunk.rows(); j++) {
              if (squared[j] > best[i] || first + j == itself[i]) {
                continue;
              }
              if (squared[j] < best[i]) {
                best[i] = squared[j];
                count[i] = 0;
                others[i] = 0;
              }
              count[i]++;
            }
          });
    }
  }

  /**
   * The points along fixed random directions where they have many coordinates: equal points stay
   * equal and near ones near (Johnson and Lindenstrauss 1984), at a fraction of the cost.
   */
  static Points projected(Points points) {
    int width = points.width();
    if (width <= WIDTH) {
      return points;
    }
    RandomStream random = RandomStream.root(0).child("directions");
    double[] directions = new double[width * WIDTH];
    for (int i = 0; i < directions.length; i++) {
      directions[i] = random.nextGaussian();
    }
    double[] data = new double[points.rows() * WIDTH];
    for (int i = 0; i < points.rows(); i++) {
      for (int c = 0; c < width; c++) {
        double x = points.data()[i * width + c];
        for (int k = 0; x != 0 && k < WIDTH; k++) {
          data[i * WIDTH + k] += x * directions[c * WIDTH + k];
        }
      }
    }
    return new Points(points.rows(), WIDTH, data);
  }
}
