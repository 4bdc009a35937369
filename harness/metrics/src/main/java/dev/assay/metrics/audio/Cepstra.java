package dev.assay.metrics.audio;

/** Mel cepstra, and distances between sequences of them, in dB (Kubichek 1993). */
public final class Cepstra {
  private static final double DECIBEL = 10 / Math.log(10);
  private static final int BANDS = 24;
  private static final int COEFFICIENTS = 13;

  /** Power of a band that no bin lies in: at low rates they are narrower than bins. */
  private static final double EMPTY = 1e-10;

  private Cepstra() {}

  /**
   * Mel cepstra of frames (Davis and Mermelstein 1980): the cosine transform, orthonormal, of ln of
   * the power in {@link #BANDS} triangular bands that are equally wide in mel.
   *
   * @param powers [frames, bins] as {@link Spectra#powers} gives them
   * @param rate samples a second
   * @return [frames, {@link #COEFFICIENTS}]
   */
  public static double[][] of(double[][] powers, int rate) {
    double[][] cepstra = new double[powers.length][COEFFICIENTS];
    double top = Spectra.melHtk(rate / 2.0);
    for (int t = 0; t < powers.length; t++) {
      double[] bands = new double[BANDS];
      for (int b = 0; b < powers[t].length; b++) {
        // In bands: the centre of band k is at k + 1.
        double at = Spectra.melHtk(b * rate / 2.0 / (powers[t].length - 1)) / top * (BANDS + 1);
        for (int k = Math.max(0, (int) at - 1); k < Math.min(BANDS, (int) at + 1); k++) {
          bands[k] += powers[t][b] * Math.max(0, 1 - Math.abs(at - (k + 1)));
        }
      }
      for (int c = 0; c < COEFFICIENTS; c++) {
        double sum = 0;
        for (int k = 0; k < BANDS; k++) {
          sum += Math.log(Math.max(EMPTY, bands[k])) * Math.cos(Math.PI * c * (k + 0.5) / BANDS);
        }
        cepstra[t][c] = sum * Math.sqrt((c == 0 ? 1.0 : 2.0) / BANDS);
      }
    }
    return cepstra;
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
    return Warping.of(x.length, y.length, (i, j) -> distance(x[i], y[j]));
  }

  private static double distance(double[] x, double[] y) {
    double squares = 0;
    for (int c = 1; c < x.length; c++) {
      squares += (x[c] - y[c]) * (x[c] - y[c]);
    }
    return DECIBEL * Math.sqrt(2 * squares);
  }
}
