package dev.assay.metrics.distribution;

import java.util.Arrays;

/**
 * Shares of classes, and divergences between them in nats. A term with share 0 in front counts
 * nothing; a share of 0 where the other has some makes a divergence infinite.
 *
 * @param shares not negative, summing to 1
 */
public record Histogram(double[] shares) {
  /**
   * Shares from counts.
   *
   * @param counts not negative, not all 0
   * @throws IllegalArgumentException for other counts
   */
  public static Histogram of(double... counts) {
    double sum = Arrays.stream(counts).sum();
    if (!(sum > 0) || Arrays.stream(counts).anyMatch(count -> count < 0)) {
      throw new IllegalArgumentException(
          "counts %s; none may be negative, nor all 0".formatted(Arrays.toString(counts)));
    }
    return new Histogram(Arrays.stream(counts).map(count -> count / sum).toArray());
  }

  /** Σ p ln (p / q). */
  public double kl(Histogram q) {
    return sum(q, (a, b) -> a == 0 ? 0 : a * Math.log(a / b));
  }

  /** Jensen-Shannon divergence, at most ln 2. */
  public double js(Histogram q) {
    Histogram middle = mix(q, 0.5);
    return (kl(middle) + q.kl(middle)) / 2;
  }

  /** Total variation, ½ Σ |p − q|, at most 1. */
  public double variation(Histogram q) {
    return sum(q, (a, b) -> Math.abs(a - b)) / 2;
  }

  /** √(1 − Σ √(p q)), at most 1. */
  public double hellinger(Histogram q) {
    return Math.sqrt(Math.max(0, 1 - sum(q, (a, b) -> Math.sqrt(a * b))));
  }

  /** Σ (p − q)² / q. */
  public double chiSquare(Histogram q) {
    return sum(q, (a, b) -> a == b ? 0 : (a - b) * (a - b) / b);
  }

  /** −Σ p ln p. */
  public double entropy() {
    return -Arrays.stream(shares).map(p -> p == 0 ? 0 : p * Math.log(p)).sum();
  }

  /** exp of the entropy: as many equal classes would be as varied. */
  public double effectiveClasses() {
    return Math.exp(entropy());
  }

  /** Share of classes that occur at all. */
  public double classCoverage() {
    return Arrays.stream(shares).filter(p -> p > 0).count() / (double) shares.length;
  }

  /** weight · this + (1 − weight) · other. */
  Histogram mix(Histogram other, double weight) {
    double[] mixed = new double[shares.length];
    Arrays.setAll(mixed, i -> weight * shares[i] + (1 - weight) * other.shares[i]);
    return new Histogram(mixed);
  }

  /** A term of a sum over classes. */
  @FunctionalInterface
  interface Term {
    double of(double p, double q);
  }

  double sum(Histogram q, Term term) {
    if (shares.length != q.shares.length) {
      throw new IllegalArgumentException(
          "%d classes against %d".formatted(shares.length, q.shares.length));
    }
    double sum = 0;
    for (int i = 0; i < shares.length; i++) {
      sum += term.of(shares[i], q.shares[i]);
    }
    return sum;
  }
}
