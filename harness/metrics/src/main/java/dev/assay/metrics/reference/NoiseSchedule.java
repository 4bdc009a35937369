package dev.assay.metrics.reference;

/**
 * The terms of a discrete diffusion process (Ho et al. 2020), steps t counted from 1.
 *
 * @param beta [T] variance of the noise that step t adds
 * @param signal [T] ᾱ, the product of 1 − β up to step t
 */
public record NoiseSchedule(double[] beta, double[] signal) {
  private static final double COSINE_OFFSET = 0.008;
  private static final double LARGEST_BETA = 0.999;

  /** β from 10⁻⁴ to 0.02 in equal steps. */
  public static NoiseSchedule linear(int steps) {
    double[] beta = new double[steps];
    for (int i = 0; i < steps; i++) {
      beta[i] = 1e-4 + (0.02 - 1e-4) * i / (steps - 1);
    }
    return of(beta);
  }

  /** ᾱ along cos² with offset 0.008, β at most 0.999 (Nichol and Dhariwal 2021, eq. 17). */
  public static NoiseSchedule cosine(int steps) {
    double[] beta = new double[steps];
    for (int i = 0; i < steps; i++) {
      double ratio = wave((i + 1.0) / steps) / wave((double) i / steps);
      beta[i] = Math.min(1 - ratio, LARGEST_BETA);
    }
    return of(beta);
  }

  private static double wave(double time) {
    double cos = Math.cos((time + COSINE_OFFSET) / (1 + COSINE_OFFSET) * Math.PI / 2);
    return cos * cos;
  }

  private static NoiseSchedule of(double[] beta) {
    double[] signal = new double[beta.length];
    double product = 1;
    for (int i = 0; i < beta.length; i++) {
      product *= 1 - beta[i];
      signal[i] = product;
    }
    return new NoiseSchedule(beta, signal);
  }

  /** ᾱ of step t, 1 before the first. */
  public double signal(int t) {
    return t == 0 ? 1 : signal[t - 1];
  }

  /** β of step t. */
  public double beta(int t) {
    return beta[t - 1];
  }

  /** β̃, the variance of x(t−1) given x(t) and x(0). */
  public double posteriorVariance(int t) {
    return beta(t) * (1 - signal(t - 1)) / (1 - signal(t));
  }

  /** What the mean of x(t−1) given both takes of x(0). */
  public double startCoefficient(int t) {
    return Math.sqrt(signal(t - 1)) * beta(t) / (1 - signal(t));
  }

  /** What the mean of x(t−1) given both takes of x(t). */
  public double noisyCoefficient(int t) {
    return Math.sqrt(1 - beta(t)) * (1 - signal(t - 1)) / (1 - signal(t));
  }

  /** ln(ᾱ / (1 − ᾱ)). */
  public double logSignalToNoise(int t) {
    return Math.log(signal(t) / (1 - signal(t)));
  }

  /** x(0) as predicted noise tells it, not clipped. */
  public double start(int t, double noisy, double noise) {
    return (noisy - Math.sqrt(1 - signal(t)) * noise) / Math.sqrt(signal(t));
  }

  /** (μ̃ − μθ)² / 2β̃ in nats, for a model whose variance is β̃. */
  public double divergence(int t, double start, double noisy, double noise) {
    double gap = startCoefficient(t) * (start - start(t, noisy, noise));
    return gap * gap / (2 * posteriorVariance(t));
  }

  /** KL of x(T) given x(0) from N(0, 1), in nats. */
  public double priorDivergence(double start) {
    double kept = signal(beta.length);
    return (kept * start * start - kept - Math.log1p(-kept)) / 2;
  }

  /** A deterministic step from t to an earlier time (Song et al. 2021, eq. 12 without noise). */
  public double implicitStep(int t, int earlier, double noisy, double noise) {
    double kept = signal(earlier);
    return Math.sqrt(kept) * start(t, noisy, noise) + Math.sqrt(1 - kept) * noise;
  }
}
