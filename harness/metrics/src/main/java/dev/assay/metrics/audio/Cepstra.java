package dev.assay.metrics.audio;

/** Distances between sequences of mel cepstra, in dB (Kubichek 1993). */
public final class Cepstra {
  private static final double DECIBEL = 10 / Math.log(10);

  private Cepstra() {}

  /**
   * An alignment of least total cost (Sakoe and Chiba 1978, steps (1,0), (0,1), (1,1) of equal
   * weight).
   *
   * @param total cost along the path
   * @param steps cells of the path; of several cheapest paths the shortest
   */
  public record Warping(double total, int steps) {
    /** Cost of a step. */
    public double mean() {
      return total / steps;
    }
  }

  /**
   * Mel-cepstral distortion, mean over frames that are already aligned.
   *
   * @param x [frames, coefficients]; coefficient 0, the loudness, is left out
   * @param y as many
   * @throws IllegalArgumentException if the frames differ in number
   */
  public static double distortion(double[][] x, double[][] y) {
    if (x.length != y.length || x.length == 0) {
      throw new IllegalArgumentException(
          "%d frames against %d; aligned frames are equally many".formatted(x.length, y.length));
    }
    double sum = 0;
    for (int t = 0; t < x.length; t++) {
      sum += distance(x[t], y[t]);
    }
    return sum / x.length;
  }

  /** The distortion along the path that makes its total least. */
  public static Warping warped(double[][] x, double[][] y) {
    double[] totals = new double[y.length];
    int[] steps = new int[y.length];
    for (int i = 0; i < x.length; i++) {
      double diagonal = 0;
      int diagonalSteps = 0;
      for (int j = 0; j < y.length; j++) {
        double best = i > 0 && j > 0 ? diagonal : Double.POSITIVE_INFINITY;
        int bestSteps = diagonalSteps;
        diagonal = totals[j];
        diagonalSteps = steps[j];
        if (i > 0 && (totals[j] < best || (totals[j] == best && steps[j] < bestSteps))) {
          best = totals[j];
          bestSteps = steps[j];
        }
        if (j > 0
            && (totals[j - 1] < best || (totals[j - 1] == best && steps[j - 1] < bestSteps))) {
          best = totals[j - 1];
          bestSteps = steps[j - 1];
        }
        boolean start = i == 0 && j == 0;
        totals[j] = (start ? 0 : best) + distance(x[i], y[j]);
        steps[j] = (start ? 0 : bestSteps) + 1;
      }
    }
    return new Warping(totals[y.length - 1], steps[y.length - 1]);
  }

  private static double distance(double[] x, double[] y) {
    double squares = 0;
    for (int c = 1; c < x.length; c++) {
      squares += (x[c] - y[c]) * (x[c] - y[c]);
    }
    return DECIBEL * Math.sqrt(2 * squares);
  }
}
