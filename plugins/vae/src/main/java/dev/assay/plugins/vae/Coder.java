package dev.assay.plugins.vae;

import dev.assay.tensor.Tensor;

/** An encoder or a decoder. */
@FunctionalInterface
public interface Coder {
  /** x [.., in], beside what its rows are conditioned on → [.., out]. */
  Tensor apply(Tensor x, Given given);
}
