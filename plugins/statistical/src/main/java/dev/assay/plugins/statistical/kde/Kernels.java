package dev.assay.plugins.statistical.kde;

import dev.assay.plugins.statistical.Workers;
import dev.assay.plugins.statistical.linear.PointBlock;
import java.util.Arrays;

/**
 * p(x) = (1/n) Σ N(x; xᵢ, h² I). Parzen 1962, eq. 1.1 in several dimensions.
 *
 * @param centres xᵢ [n, columns]
 * @param bandwidth h
 */
record Kernels(float[] centres, int columns, double bandwidth) {
  private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

  int count() {
    return centres.length / columns;
  }

  /** −ln p of each point [n, columns], in nats. */
  double[] nats(float[] points, Workers workers) {
    double[] nats = new double[points.length / columns];
    sweep(points, false, nats, new double[nats.length], workers);
    return nats;
  }

  /**
   * One fixed-point step on the likelihood of the first {@code count} centres, each under the
   * kernels of all others: EM for the mixture that their densities are, whose only parameter is h.
   * Since h² is the mean squared distance to the centres, weighted by their responsibilities, no
   * step lowers the likelihood.
   *
   * @return −mean ln p before the step, in nats, and h after it
   */
  Step leaveOneOut(int count, Workers workers) {
    float[] points = Arrays.copyOf(centres, count * columns);
    double[] nats = new double[count];
    double[] squares = new double[count];
    sweep(points, true, nats, squares, workers);
    double mean = Arrays.stream(nats).average().orElseThrow();
    double square = Arrays.stream(squares).average().orElseThrow() / columns;
    return new Step(mean, Math.sqrt(square));
  }

  /** Result of one step. */
  record Step(double nats, double bandwidth) {}

  /**
   * Sets −ln p of each point, and the mean squared distance to the centres by their
   * responsibilities.
   *
   * @param without whether point i stays without kernel i
   */
  private void sweep(
      float[] points, boolean without, double[] nats, double[] squares, Workers workers) {
    int width = PointBlock.WIDTH;
    workers.forEach(
        (nats.length + width - 1) / width,
        task -> {
          int from = task * width;
          int to = Math.min(from + width, nats.length);
          double[][] block = PointBlock.of(columns);
          PointBlock.load(points, columns, from, to, block);
          Sums sums = new Sums(width);
          double[] distances = new double[width];
          for (int i = 0; i < count(); i++) {
            distances(block, i, distances);
            if (without && i >= from && i < to) {
              distances[i - from] = Double.POSITIVE_INFINITY;
            }
            sums.add(distances, 1 / (2 * bandwidth * bandwidth));
          }
          double normaliser =
              Math.log(without ? count() - 1 : count())
                  + 0.5 * columns * (LOG_TWO_PI + 2 * Math.log(bandwidth));
          for (int b = 0; b < to - from; b++) {
            nats[from + b] = normaliser - sums.log(b);
            squares[from + b] = sums.meanDistance(b);
          }
        });
  }

  /** |x − xᵢ|² of each point of a block. */
  private void distances(double[][] block, int centre, double[] out) {
    Arrays.fill(out, 0);
    for (int c = 0; c < columns; c++) {
      double at = centres[centre * columns + c];
      double[] line = block[c];
      for (int b = 0; b < PointBlock.WIDTH; b++) {
        double offset = line[b] - at;
        out[b] += offset * offset;
      }
    }
  }

  /** Σ e^(−d s) and Σ d e^(−d s) of each point, relative to its nearest centre so far. */
  private static final class Sums {
    private final double[] nearest;
    private final double[] sum;
    private final double[] weighted;
    private double scale;

    Sums(int width) {
      nearest = new double[width];
      sum = new double[width];
      weighted = new double[width];
      Arrays.fill(nearest, Double.POSITIVE_INFINITY);
    }

    void add(double[] distances, double scale) {
      this.scale = scale;
      for (int b = 0; b < distances.length; b++) {
        double distance = distances[b];
        if (distance < nearest[b]) {
          double shrink = Math.exp((distance - nearest[b]) * scale);
          sum[b] *= shrink;
          weighted[b] *= shrink;
          nearest[b] = distance;
        }
        if (distance != Double.POSITIVE_INFINITY) {
          double weight = Math.exp((nearest[b] - distance) * scale);
          sum[b] += weight;
          weighted[b] += weight * distance;
        }
      }
    }

    double log(int b) {
      return Math.log(sum[b]) - nearest[b] * scale;
    }

    double meanDistance(int b) {
      return weighted[b] / sum[b];
    }
  }
}
