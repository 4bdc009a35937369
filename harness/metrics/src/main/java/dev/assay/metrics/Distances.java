package dev.assay.metrics;

/** Euclidean distances between all pairs of two sets of points, block by block. */
public final class Distances {
  private static final int BLOCK = 64;

  private Distances() {}

  /** Receives the squared distances of one point of x to all points of y. */
  @FunctionalInterface
  public interface Row {
    /**
     * @param i index in x
     * @param squared distances to y, valid during the call
     */
    void accept(int i, double[] squared);
  }

  /** Calls {@code row} for every point of x in order; needs memory for a few rows only. */
  public static void squared(Points x, Points y, Row row) {
    double[] transposed = transpose(y);
    double[][] block = new double[BLOCK][y.rows()];
    for (int first = 0; first < x.rows(); first += BLOCK) {
      int count = Math.min(BLOCK, x.rows() - first);
      for (int b = 0; b < count; b++) {
        line(x, first + b, y.rows(), transposed, block[b]);
      }
      for (int b = 0; b < count; b++) {
        row.accept(first + b, block[b]);
      }
    }
  }

  /** Sums squared differences, coordinate by coordinate: exact for equal points. */
  private static void line(Points x, int i, int n, double[] transposed, double[] out) {
    java.util.Arrays.fill(out, 0);
    for (int c = 0; c < x.width(); c++) {
      double value = x.data()[i * x.width() + c];
      int base = c * n;
      for (int j = 0; j < n; j++) {
        double d = value - transposed[base + j];
        out[j] += d * d;
      }
    }
  }

  private static double[] transpose(Points y) {
    double[] transposed = new double[y.data().length];
    for (int j = 0; j < y.rows(); j++) {
      for (int c = 0; c < y.width(); c++) {
        transposed[c * y.rows() + j] = y.data()[j * y.width() + c];
      }
    }
    return transposed;
  }

  /** Distance of each point of x to its nearest in y; with {@code sameSet}, other than itself. */
  public static double[] nearest(Points x, Points y, boolean sameSet) {
    double[] nearest = new double[x.rows()];
    squared(
        x,
        y,
        (i, d) -> {
          double best = Double.POSITIVE_INFINITY;
          for (int j = 0; j < d.length; j++) {
            if (!(sameSet && j == i)) {
              best = Math.min(best, d[j]);
            }
          }
          nearest[i] = Math.sqrt(best);
        });
    return nearest;
  }
}
