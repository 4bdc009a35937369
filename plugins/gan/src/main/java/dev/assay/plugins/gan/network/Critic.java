package dev.assay.plugins.gan.network;

import dev.assay.tensor.Tensor;

/** D or f: data to one number each, a logit or a score. */
public interface Critic {
  /**
   * x [n, item..], around zero → [n].
   *
   * @param label classes I32 [n], for a critic that asks for them
   */
  Tensor apply(Tensor x, Tensor label, Pass pass);
}
