package dev.assay.plugins.transformer.translation;

import dev.assay.nn.Activation;
import dev.assay.nn.Initializer;
import dev.assay.nn.Linear;
import dev.assay.nn.ParameterStore;
import dev.assay.tensor.Tensor;

/**
 * max(0, x W₁ + b₁) W₂ + b₂. Vaswani et al. 2017, eq. 2.
 *
 * @param up width → hidden
 * @param down hidden → width
 */
record FeedForward(Linear up, Linear down) {
  static FeedForward create(ParameterStore store, int width, int hidden) {
    Initializer weight = Initializer.glorotUniform();
    return new FeedForward(
        Linear.create(store.scope("up"), width, hidden, weight, Initializer.zeros()),
        Linear.create(store.scope("down"), hidden, width, weight, Initializer.zeros()));
  }

  /** x [.., width] → [.., width]. */
  Tensor apply(Tensor x) {
    return down.apply(Activation.RELU.apply(up.apply(x)));
  }
}
