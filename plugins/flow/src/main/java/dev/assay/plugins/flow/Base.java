package dev.assay.plugins.flow;

import dev.assay.tensor.Draws;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;

/** Distributions of z, independent over its numbers. */
public enum Base {
  /** Standard normal. */
  GAUSSIAN,
  /** Standard logistic: density σ(z) σ(−z). */
  LOGISTIC;

  private static final float LOG_SQRT_TWO_PI = (float) (0.5 * Math.log(2 * Math.PI));

  /** ln p(z) in nats: [rows, n] → [rows]. */
  Tensor logDensity(Tensor z) {
    return switch (this) {
      case GAUSSIAN -> z.square().mul(-0.5f).sub(LOG_SQRT_TWO_PI).sum(-1);
      case LOGISTIC -> z.softplus().add(z.neg().softplus()).sum(-1).neg();
    };
  }

  /** Draws of z of a shape [rows, n]. */
  Tensor draw(Draws draws, Shape shape) {
    return switch (this) {
      case GAUSSIAN -> draws.normal(shape);
      case LOGISTIC -> {
        Tensor u = draws.uniform(shape);
        yield u.log().sub(u.neg().log1p());
      }
    };
  }
}
