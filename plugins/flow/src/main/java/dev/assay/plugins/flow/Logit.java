package dev.assay.plugins.flow;

import dev.assay.tensor.Tensor;

/**
 * z = logit(α + (1 − 2α) x / L), elementwise: dequantised intensities, which lie within [0, L),
 * spread over the line, the darkest and the brightest level widest. Dinh et al. 2016, §4.1; α as
 * Papamakarios et al. 2017, §4.3, have it for MNIST.
 *
 * @param levels L
 */
record Logit(int levels) implements Transform {
  private static final double ALPHA = 1e-6;

  /** Stands for what is not positive, so that x outside the bounds is far from likely. */
  private static final float LEAST = 1e-37f;

  /** (1 − 2α) / L. */
  private float slope() {
    return (float) ((1 - 2 * ALPHA) / levels);
  }

  @Override
  public Mapped forward(Tensor x, Condition condition) {
    Tensor logA = log(x);
    Tensor logB = log(x.neg().add(levels));
    return Mapped.elementwise(logA.sub(logB), logA.add(logB).neg().add((float) Math.log(slope())));
  }

  /** y of one number x. */
  float of(float x) {
    double share = Math.clamp(ALPHA + (double) slope() * x, LEAST, 1 - ALPHA / 2);
    return (float) (Math.log(share) - Math.log1p(-share));
  }

  /** x of one number y, within [0, L). */
  float inverse(float y) {
    double share = 1 / (1 + Math.exp(-y));
    return (float) Math.clamp((share - ALPHA) / slope(), 0, Math.nextDown((float) levels));
  }

  /** ln (α + (1 − 2α) y / L). */
  private Tensor log(Tensor y) {
    return y.mul(slope()).add((float) ALPHA).max(LEAST).log();
  }

  @Override
  public Mapped inverse(Tensor z, Condition condition) {
    Tensor x = z.sigmoid().sub((float) ALPHA).mul(1 / slope());
    Tensor logSlope = z.neg().softplus().add(z.softplus()).neg().sub((float) Math.log(slope()));
    return Mapped.elementwise(x, logSlope);
  }
}
