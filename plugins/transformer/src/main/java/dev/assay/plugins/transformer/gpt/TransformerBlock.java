package dev.assay.plugins.transformer.gpt;

import dev.assay.nn.Activation;
import dev.assay.nn.Dropout;
import dev.assay.nn.Initializer;
import dev.assay.nn.KvCache;
import dev.assay.nn.Linear;
import dev.assay.nn.MultiHeadAttention;
import dev.assay.nn.ParameterStore;
import dev.assay.nn.Rotary;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Attention and a network, each of the normalised stream and added to it. Radford et al. 2019,
 * §2.3; with a gate, Touvron et al. 2023, §2.2.
 *
 * @param gate width → hidden, or null for GELU without a gate
 * @param up width → hidden
 * @param down hidden → width
 */
record TransformerBlock(
    Norm attentionNorm,
    MultiHeadAttention attention,
    Norm networkNorm,
    @Nullable Linear gate,
    Linear up,
    Linear down) {
  private static final double DEVIATION = 0.02;

  /** How all weights begin that do not end a branch. */
  static Initializer weights() {
    return Initializer.normal(DEVIATION);
  }

  /** Weights that end one of 2 · layers branches begin smaller by the root of that number. */
  static TransformerBlock create(ParameterStore store, GptConfig config, int context) {
    int width = config.width();
    int hidden = config.hiddenWidth();
    Initializer last = Initializer.normal(DEVIATION / Math.sqrt(2.0 * config.layers()));
    @Nullable Initializer bias = config.bias() ? Initializer.zeros() : null;
    MultiHeadAttention attention =
        MultiHeadAttention.create(
            store.scope("attention"),
            width,
            config.heads(),
            config.keyHeads(),
            config.bias(),
            weights(),
            last);
    boolean rotary = config.positions() == GptConfig.Positions.ROTARY;
    boolean gated = config.network() == GptConfig.NetworkKind.SWIGLU;
    return new TransformerBlock(
        Norm.create(store.scope("attention_norm"), config),
        rotary ? attention.with(Rotary.of(attention.depth(), context)) : attention,
        Norm.create(store.scope("network_norm"), config),
        gated ? Linear.create(store.scope("gate"), width, hidden, weights(), bias) : null,
        Linear.create(store.scope("up"), width, hidden, weights(), bias),
        Linear.create(store.scope("down"), hidden, width, last, bias));
  }

  /**
   * x [batch, time, width] → the same shape; a token sees itself and those before it.
   *
   * @param bias added to products of queries and keys, or null
   */
  Tensor apply(Tensor x, @Nullable Tensor bias, Dropout dropout) {
    Tensor mixed = attention.apply(attentionNorm.apply(x), null, true, bias);
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
    Tensor x = networkNorm.apply(h);
    return down.apply(
        gate == null
            ? Activation.GELU.apply(up.apply(x))
            : Activation.SILU.apply(gate.apply(x)).mul(up.apply(x)));
  }
}
