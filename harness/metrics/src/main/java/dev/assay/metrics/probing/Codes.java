package dev.assay.metrics.probing;

import dev.assay.spi.Values;

/** Codes of examples as metrics of them want them. */
final class Codes {
  /** Equally wide bins that each number of a code is cut into. */
  static final int BINS = 20;

  /** Fewer examples tell nothing of information. */
  static final int AT_LEAST = 100;

  private Codes() {}

  /** Each number of a code by its place between the least and the largest: [codes, numbers]. */
  static int[][] binned(Values.Dense codes) {
    int width = codes.width();
    int[][] bins = new int[codes.count()][width];
    for (int c = 0; c < width; c++) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < bins.length; i++) {
        low = Math.min(low, codes.data()[i * width + c]);
        high = Math.max(high, codes.data()[i * width + c]);
      }
      for (int i = 0; i < bins.length; i++) {
        double share = high > low ? (codes.data()[i * width + c] - low) / (high - low) : 0;
        bins[i][c] = (int) Math.min(BINS - 1, share * BINS);
      }
    }
    return bins;
  }

  /** The numbers themselves: [codes, numbers]. */
  static double[][] rows(Values.Dense codes) {
    int width = codes.width();
    double[][] rows = new double[codes.count()][width];
    for (int i = 0; i < rows.length; i++) {
      for (int c = 0; c < width; c++) {
        rows[i][c] = codes.data()[i * width + c];
      }
    }
    return rows;
  }
}
