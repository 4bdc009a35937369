package dev.assay.spi;

import dev.assay.tensor.Shape;

/**
 * Capability: the model gives an example a code, and a code an example. Both are functions: an
 * encoder that is a distribution gives its mean. An example's code depends on nothing beside it.
 */
public interface LatentCodec {
  /** Shape of one code. */
  Shape code();

  /**
   * Whether {@link #decode} undoes {@link #encode}, and the other way round, but for rounding: a
   * flow. If not, decoding gives a likely x of that code.
   */
  boolean exact();

  /**
   * Codes of examples.
   *
   * @param batch x in the model's encoding, with its condition
   * @return one code of shape {@link #code} for each example
   */
  Values.Dense encode(Batch batch);

  /**
   * Examples of codes.
   *
   * @param codes each of shape {@link #code}
   * @param condition one for each code
   * @return x in the model's encoding, one for each code
   */
  Values decode(Values.Dense codes, Values condition);
}
