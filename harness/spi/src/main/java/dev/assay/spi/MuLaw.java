package dev.assay.spi;

/**
 * Sound samples as 8-bit codes, finer near zero: f(x) = sign(x) ln(1 + μ |x|) / ln(1 + μ) with μ =
 * 255, in 256 equal steps. ITU-T G.711 in the form of van den Oord et al. 2016 (WaveNet), §2.2.
 */
public final class MuLaw {
  /** Number of codes. */
  public static final int CODES = 256;

  private static final int MU = CODES - 1;
  private static final double SCALE = 1 << 15;

  private MuLaw() {}

  /** Code 0 … 255 of a 16-bit sample. */
  public static int encode(short sample) {
    double x = sample / SCALE;
    double f = Math.signum(x) * Math.log1p(MU * Math.abs(x)) / Math.log1p(MU);
    return (int) Math.floor((f + 1) / 2 * MU + 0.5);
  }

  /** The 16-bit sample that a code 0 … 255 stands for. */
  public static short decode(int code) {
    double f = 2.0 * code / MU - 1;
    double x = Math.signum(f) * Math.expm1(Math.abs(f) * Math.log1p(MU)) / MU;
    return (short) Math.clamp(Math.round(x * SCALE), Short.MIN_VALUE, Short.MAX_VALUE);
  }
}
