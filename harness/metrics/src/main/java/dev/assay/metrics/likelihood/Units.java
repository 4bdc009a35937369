package dev.assay.metrics.likelihood;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Nats in other units. */
public final class Units {
  private static final double LN2 = Math.log(2);

  private Units() {}

  /** Bits per dimension of a discrete likelihood: nats / (D ln 2). */
  public static double bitsPerDimension(double nats, int dimensions) {
    return nats / (dimensions * LN2);
  }

  /**
   * Bits per dimension of data of some levels that were dequantised and divided into [0, 1]: each
   * dimension regains ln levels.
   *
   * @param nats −ln density of the scaled values
   */
  public static double bitsPerScaledDimension(double nats, int dimensions, int levels) {
    return (nats / dimensions + Math.log(levels)) / LN2;
  }

  /** logit(λ + (1 − 2λ) z / levels), the values of which {@link #bitsPerLogit} takes a density. */
  public static double[] logits(double[] values, double lambda, int levels) {
    return Arrays.stream(values)
        .map(z -> lambda + (1 - 2 * lambda) * z / levels)
        .map(p -> Math.log(p) - Math.log1p(-p))
        .toArray();
  }

  /**
   * Bits per dimension of a density of logits (Papamakarios et al. 2017, appendix): −ln p / (D ln
   * 2) − log₂(1 − 2λ) + log₂ levels + mean (log₂ σ(y) + log₂ σ(−y)).
   *
   * @param nats −ln density of the logits
   */
  public static double bitsPerLogit(double nats, double[] logits, double lambda, int levels) {
    double slopes =
        Arrays.stream(logits).map(y -> -softplus(y) - softplus(-y)).average().orElseThrow();
    return (nats / logits.length - Math.log(1 - 2 * lambda) + Math.log(levels) + slopes) / LN2;
  }

  /** exp of nats per unit. */
  public static double perplexity(double nats, double units) {
    return Math.exp(nats / units);
  }

  /** Bits per unit, such as per code point or byte. */
  public static double bits(double nats, double units) {
    return nats / units / LN2;
  }

  /** Unicode code points. */
  public static int characters(String text) {
    return text.codePointCount(0, text.length());
  }

  /** Bytes of UTF-8. */
  public static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** ln(1 + exp x). */
  public static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }
}
