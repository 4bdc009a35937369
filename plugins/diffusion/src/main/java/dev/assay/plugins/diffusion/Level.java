package dev.assay.plugins.diffusion;

/**
 * How noisy x is: x_t = α x₀ + σ ε, where x₀ is data and ε standard normal.
 *
 * @param time t
 */
public record Level(double time, double alpha, double sigma) {
  /** Half the logarithm of the signal-to-noise ratio, λ = ln(α / σ). */
  public double lambda() {
    return Math.log(alpha / sigma);
  }

  /** α² / σ². */
  public double signalToNoise() {
    return alpha * alpha / (sigma * sigma);
  }
}
