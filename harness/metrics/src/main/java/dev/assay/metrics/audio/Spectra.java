package dev.assay.metrics.audio;

/** Distances and scales of spectra. */
public final class Spectra {
  private static final double LINEAR_END = 1000;
  private static final double LINEAR_STEP = 200.0 / 3;
  private static final double LOG_STEP = Math.log(6.4) / 27;
  private static final double MU = 255;

  private Spectra() {}

  /**
   * Log-spectral distance in dB: mean over frames of the root mean square over bins of 10
   * log₁₀(p/q).
   *
   * @param p [frames, bins], powers above 0
   * @param q as many
   */
  public static double logDistance(double[][] p, double[][] q) {
    double sum = 0;
    for (int t = 0; t < p.length; t++) {
      double squares = 0;
      for (int b = 0; b < p[t].length; b++) {
        double decibel = 10 * Math.log10(p[t][b] / q[t][b]);
        squares += decibel * decibel;
      }
      sum += Math.sqrt(squares / p[t].length);
    }
    return sum / p.length;
  }

  /** Mel of a frequency in Hz, as in HTK: 2595 log₁₀(1 + f/700). */
  public static double melHtk(double hertz) {
    return 2595 * Math.log10(1 + hertz / 700);
  }

  /** Mel as in Slaney's toolbox: linear below 1 kHz, logarithmic above. */
  public static double melSlaney(double hertz) {
    return hertz < LINEAR_END
        ? hertz / LINEAR_STEP
        : LINEAR_END / LINEAR_STEP + Math.log(hertz / LINEAR_END) / LOG_STEP;
  }

  /**
   * The level, 0 to 255, of an amplitude under µ-law companding (ITU-T G.711, continuous form).
   *
   * @param amplitude from −1 to 1; others are cut off
   */
  public static int muLaw(double amplitude) {
    double x = Math.clamp(amplitude, -1, 1);
    double companded = Math.signum(x) * Math.log1p(MU * Math.abs(x)) / Math.log1p(MU);
    return (int) Math.floor((companded + 1) / 2 * MU + 0.5);
  }
}
