package dev.assay.plugins.transformer.gpt;

import dev.assay.nn.Activation;
import dev.assay.nn.Dropout;
import dev.assay.nn.Initializer;
import dev.assay.nn.KvCache;
import dev.assay.nn.LayerNorm;
import dev.assay.nn.Linear;
import dev.assay.nn.MultiHeadAttention;
import dev.assay.nn.ParameterStore;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Attention and a two-layer network, each of the normalised stream and added to it. Radford et al.
 * 2019, §2.3.
 *
 * @param up width → 4 width
 * @param down 4 width → width
 */
record TransformerBlock(
    LayerNorm attentionNorm,
    MultiHeadAttention attention,
    LayerNorm networkNorm,
    Linear up,
    Linear down) {
  private static final double DEVIATION = 0.02;

  /** How all weights begin that do not end a branch. */
  static Initializer weights() {
    return Initializer.normal(DEVIATION);
  }

  /** Weights that end one of 2 · layers branches begin smaller by the root of that number. */
  static TransformerBlock create(ParameterStore store, GptConfig config) {
    int width = config.width();
    Initializer last = Initializer.normal(DEVIATION / Math.sqrt(2.0 * config.layers()));
    @Nullable Initializer bias = config.bias() ? Initializer.zeros() : null;
    return new TransformerBlock(
        LayerNorm.create(store.scope("attention_norm"), width, config.bias()),
        MultiHeadAttention.create(
            store.scope("attention"),
            width,
            config.heads(),
            config.heads(),
            config.bias(),
            weights(),
            last),
        LayerNorm.create(store.scope("network_norm"), width, config.bias()),
        Linear.create(store.scope("up"), width, 4 * width, weights(), bias),
        Linear.create(store.scope("down"), 4 * width, width, last, bias));
  }

  /** x [batch, time, width] → the same shape; a token sees itself and those before it. */
  Tensor apply(Tensor x, Dropout dropout) {
    Tensor mixed = attention.apply(attentionNorm.apply(x), null, true);
    Tensor h = x.add(dropout.child("attention").apply(mixed));
    return h.add(dropout.child("network").apply(network(h)));
  }

  /** What one decoding step gives: y [rows, 1, width] and the cache's new contents. */
  record Step(Tensor y, Map<Variable, Tensor> assigns) {}

  /** The same of one token per row, x [rows, 1, width], at I32 positions [rows]. */
  Step step(Tensor x, KvCache cache, Tensor positions) {
    MultiHeadAttention.Step mixed = attention.step(attentionNorm.apply(x), cache, positions);
    Tensor h = x.add(mixed.y());
    return new Step(h.add(network(h)), mixed.assigns());
  }

  private Tensor network(Tensor h) {
    return down.apply(Activation.GELU.apply(up.apply(networkNorm.apply(h))));
  }
}
