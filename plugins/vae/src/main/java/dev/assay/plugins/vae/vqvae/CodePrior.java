package dev.assay.plugins.vae.vqvae;

import dev.assay.nn.Activation;
import dev.assay.nn.Embedding;
import dev.assay.nn.Initializer;
import dev.assay.nn.LayerNorm;
import dev.assay.nn.Linear;
import dev.assay.nn.MultiHeadAttention;
import dev.assay.nn.ParameterStore;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;

/**
 * p(codes) = Π p(codeᵢ | those before it), by a causal transformer.
 *
 * @param tokens embeddings of the codes, and last of the beginning
 * @param places embeddings of the positions
 */
record CodePrior(
    Embedding tokens, Embedding places, List<Block> blocks, LayerNorm norm, Linear head) {
  private static final Initializer WEIGHTS = Initializer.normal(0.02);

  static CodePrior create(ParameterStore store, VqVaeConfig config) {
    int width = config.priorWidth();
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < config.priorLayers(); i++) {
      blocks.add(Block.create(store.scope("layer").scope(i), width));
    }
    return new CodePrior(
        Embedding.create(store.scope("tokens"), config.codes() + 1, width, WEIGHTS),
        Embedding.create(store.scope("places"), config.positions(), width, WEIGHTS),
        blocks,
        LayerNorm.create(store.scope("norm"), width, true),
        Linear.create(store.scope("head"), width, config.codes(), WEIGHTS, Initializer.zeros()));
  }

  /** Attention and a two-layer network, each of the normalised stream and added to it. */
  record Block(
      LayerNorm attentionNorm,
      MultiHeadAttention attention,
      LayerNorm networkNorm,
      Linear up,
      Linear down) {
    static Block create(ParameterStore store, int width) {
      Initializer zeros = Initializer.zeros();
      int heads = VqVaeConfig.HEADS;
      return new Block(
          LayerNorm.create(store.scope("attention_norm"), width, true),
          MultiHeadAttention.create(
              store.scope("attention"), width, heads, heads, true, WEIGHTS, WEIGHTS),
          LayerNorm.create(store.scope("network_norm"), width, true),
          Linear.create(store.scope("up"), width, 4 * width, WEIGHTS, zeros),
          Linear.create(store.scope("down"), 4 * width, width, WEIGHTS, zeros));
    }

    Tensor apply(Tensor x) {
      Tensor h = x.add(attention.apply(attentionNorm.apply(x), null, true));
      return h.add(down.apply(Activation.GELU.apply(up.apply(networkNorm.apply(h)))));
    }
  }

  /**
   * Codes I32 [rows, positions] → logits of each given those before it [rows, positions, codes].
   */
  Tensor logits(Tensor codes) {
    int rows = codes.dim(0);
    int positions = codes.dim(1);
    Tensor begin = Tensor.fill(tokens.tokens() - 1, Shape.of(rows, 1)).toInt();
    Tensor before = Tensor.concat(1, begin, codes.slice(1, 0, positions - 1));
    Tensor place = Tensor.iota(Shape.of(positions), 0).toInt();
    Tensor h = tokens.apply(before).add(places.apply(place));
    for (Block block : blocks) {
      h = block.apply(h);
    }
    return head.apply(norm.apply(h));
  }

  /** −ln p of codes I32 [rows, positions], in nats: [rows]. */
  Tensor nats(Tensor codes) {
    return Tensors.crossEntropy(logits(codes), codes).sum(-1);
  }
}
