package dev.assay.plugins.transformer.translation;

import dev.assay.nn.Activation;
import dev.assay.nn.Initializer;
import dev.assay.nn.Linear;
import dev.assay.nn.ParameterStore;
import dev.assay.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * max(0, x W₁ + b₁) W₂ + b₂, with biases or without. Vaswani et al. 2017, eq. 2.
 *
 * @param up width → hidden
 * @param down hidden → width
 */
record FeedForward(Linear up, Linear down) {
  static FeedForward create(ParameterStore store, LayerStyle style) {
    Initializer weight = LayerStyle.weights();
    @Nullable Initializer bias = style.biases();
    return new FeedForward(
        Linear.create(store.scope("up"), style.width(), style.hidden(), weight, bias),
        Linear.create(store.scope("down"), style.hidden(), style.width(), weight, bias));
  }

  /** x [.., width] → [.., width]. */
  Tensor apply(Tensor x) {
    return down.apply(Activation.RELU.apply(up.apply(x)));
  }
}
