package dev.assay.plugins.diffusion.ddpm;

import dev.assay.plugins.diffusion.Level;

/**
 * q(x_s | x_t, x₀) = N(x0 · x₀ + xt · x_t, variance · I), s &lt; t. Ho et al. 2020, eq. 6 and 7,
 * where s = t − 1.
 *
 * @param x0 coefficient of x₀
 * @param xt coefficient of x_t
 */
record Posterior(double x0, double xt, double variance) {
  static Posterior of(Level t, Level s) {
    double alpha = t.alpha() / s.alpha();
    double beta = 1 - alpha * alpha;
    double noise = t.sigma() * t.sigma();
    double remaining = s.sigma() * s.sigma();
    return new Posterior(
        s.alpha() * beta / noise, alpha * remaining / noise, beta * remaining / noise);
  }
}
