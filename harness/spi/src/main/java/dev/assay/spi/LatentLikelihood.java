package dev.assay.spi;

import dev.assay.tensor.Shape;

/**
 * Capability: p(x) = ∫ p(x | z) N(z; 0, I) dz, and p(x | z) can be computed with its gradient in z,
 * as annealed importance sampling wants.
 */
public interface LatentLikelihood {
  /** Shape of one code z. */
  Shape code();

  /** What p(x | z) is with respect to. */
  ScoreMethod.Measure measure();

  /** Whether p(x | z) makes use of the condition. */
  boolean givenCondition();

  /**
   * ln p(x | z) of each example under a code of its own, and its slope.
   *
   * @param batch in the model's encoding
   * @param codes as many
   */
  Slope logLikelihood(Batch batch, Values.Dense codes);

  /**
   * Values and their gradients.
   *
   * @param values in nats
   * @param gradients [values, numbers of a code]
   */
  record Slope(double[] values, float[] gradients) {}
}
