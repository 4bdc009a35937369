package dev.assay.metrics.audio;

import java.util.Arrays;

/** Distances and scales of spectra. */
public final class Spectra {
  private static final double LINEAR_END = 1000;
  private static final double LINEAR_STEP = 200.0 / 3;
  private static final double LOG_STEP = Math.log(6.4) / 27;
  private static final double MU = 255;

  /** A frame lasts at least so long, in seconds. */
  private static final double FRAME = 0.025;

  private static final int FRAMES_A_SECOND = 100;

  /** Power below which all is silence. */
  private static final double SILENCE = 1e-8;

  private Spectra() {}

  /**
   * Powers of frames of a power of two samples, at least 25 ms, every 10 ms, under Hann's window;
   * of a full-scale sine the largest is about 1. None is below {@link #SILENCE}.
   *
   * @param signal from −1 to 1; of less than a frame the rest is silent
   * @param rate samples a second
   * @return [frames, bins], at least one frame; bins from 0 Hz to half the rate
   */
  public static double[][] powers(double[] signal, int rate) {
    int length = Math.max(2, Integer.highestOneBit(2 * (int) Math.ceil(FRAME * rate) - 1));
    int hop = Math.max(1, rate / FRAMES_A_SECOND);
    int frames = 1 + Math.max(0, signal.length - length) / hop;
    double[][] powers = new double[frames][length / 2 + 1];
    for (int t = 0; t < frames; t++) {
      double[] real = new double[length];
      double[] imaginary = new double[length];
      for (int i = 0; i < length && t * hop + i < signal.length; i++) {
        real[i] = signal[t * hop + i] * (0.5 - 0.5 * Math.cos(2 * Math.PI * i / length));
      }
      transform(real, imaginary);
      for (int b = 0; b < powers[t].length; b++) {
        double square = real[b] * real[b] + imaginary[b] * imaginary[b];
        // A sine of amplitude 1 under the window has |X| = length / 4.
        powers[t][b] = Math.max(SILENCE, 16 * square / length / length);
      }
    }
    return powers;
  }

  /** The discrete Fourier transform of a power of two numbers, in place (Cooley and Tukey 1965). */
  private static void transform(double[] real, double[] imaginary) {
    int n = real.length;
    int bits = Integer.numberOfTrailingZeros(n);
    for (int i = 0; i < n; i++) {
      int j = Integer.reverse(i) >>> (Integer.SIZE - bits);
      if (i < j) {
        swap(real, i, j);
        swap(imaginary, i, j);
      }
    }
    for (int half = 1; half < n; half *= 2) {
      for (int k = 0; k < half; k++) {
        double cosine = Math.cos(Math.PI * k / half);
        double sine = -Math.sin(Math.PI * k / half);
        for (int low = k; low < n; low += 2 * half) {
          int high = low + half;
          double re = real[high] * cosine - imaginary[high] * sine;
          double im = real[high] * sine + imaginary[high] * cosine;
          real[high] = real[low] - re;
          imaginary[high] = imaginary[low] - im;
          real[low] += re;
          imaginary[low] += im;
        }
      }
    }
  }

  private static void swap(double[] x, int i, int j) {
    double kept = x[i];
    x[i] = x[j];
    x[j] = kept;
  }

  /**
   * Log-spectral distance in dB: mean over frames of the root mean square over bins of 10
   * log₁₀(p/q).
   *
   * @param p [frames, bins], powers above 0
   * @param q as many
   */
  public static double logDistance(double[][] p, double[][] q) {
    double[][] x = decibels(p);
    double[][] y = decibels(q);
    double sum = 0;
    for (int t = 0; t < p.length; t++) {
      sum += distance(x[t], y[t]);
    }
    return sum / p.length;
  }

  /** The log-spectral distance along the path of frames that makes its total least. */
  public static Warping warped(double[][] x, double[][] y) {
    return Warping.of(x.length, y.length, (i, j) -> distance(x[i], y[j]));
  }

  /** 10 log₁₀ of powers above 0: [frames, bins]. */
  public static double[][] decibels(double[][] powers) {
    return Arrays.stream(powers)
        .map(frame -> Arrays.stream(frame).map(power -> 10 * Math.log10(power)).toArray())
        .toArray(double[][]::new);
  }

  private static double distance(double[] x, double[] y) {
    double squares = 0;
    for (int b = 0; b < x.length; b++) {
      squares += (x[b] - y[b]) * (x[b] - y[b]);
    }
    return Math.sqrt(squares / x.length);
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
