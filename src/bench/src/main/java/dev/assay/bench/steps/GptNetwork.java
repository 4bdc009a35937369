package dev.assay.bench.steps;

import dev.assay.nn.Activation;
import dev.assay.nn.Embedding;
import dev.assay.nn.Initializer;
import dev.assay.nn.KvCache;
import dev.assay.nn.LayerNorm;
import dev.assay.nn.Linear;
import dev.assay.nn.MultiHeadAttention;
import dev.assay.nn.ParameterStore;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * GPT-2's decoder (Radford et al. 2019, §2.3) as nanoGPT has it: no biases, exact GELU, output
 * weights tied to the token table.
 */
final class GptNetwork {
  static final int VOCABULARY = 65;

  private static final double DEVIATION = 0.02;

  private final Size size;
  private final Embedding tokens;
  private final Embedding positions;
  private final List<Block> blocks = new ArrayList<>();
  private final LayerNorm last;

  /**
   * @param context tokens of a window
   */
  record Size(int layers, int heads, int width, int context) {}

  private record Block(
      LayerNorm attentionNorm,
      MultiHeadAttention attention,
      LayerNorm networkNorm,
      Linear up,
      Linear down) {
    static Block create(ParameterStore store, Size size) {
      int width = size.width();
      Initializer weight = Initializer.normal(DEVIATION);
      Initializer end = Initializer.normal(DEVIATION / Math.sqrt(2.0 * size.layers()));
      return new Block(
          LayerNorm.create(store.scope("attention_norm"), width, false),
          MultiHeadAttention.create(
              store.scope("attention"), width, size.heads(), size.heads(), false, weight, end),
          LayerNorm.create(store.scope("network_norm"), width, false),
          Linear.create(store.scope("up"), width, 4 * width, weight, null),
          Linear.create(store.scope("down"), 4 * width, width, end, null));
    }

    Tensor apply(Tensor x) {
      Tensor h = x.add(attention.apply(attentionNorm.apply(x), null, true));
      return h.add(network(h));
    }

    Tensor network(Tensor h) {
      return down.apply(Activation.GELU.apply(up.apply(networkNorm.apply(h))));
    }
  }

  GptNetwork(ParameterStore store, Size size) {
    this.size = size;
    Initializer weight = Initializer.normal(DEVIATION);
    tokens = Embedding.create(store.scope("tokens"), VOCABULARY, size.width(), weight);
    positions = Embedding.create(store.scope("positions"), size.context(), size.width(), weight);
    for (int i = 0; i < size.layers(); i++) {
      blocks.add(Block.create(store.scope("blocks").scope(i), size));
    }
    last = LayerNorm.create(store.scope("last_norm"), size.width(), false);
  }

  Size size() {
    return size;
  }

  /** I32 [batch, context] → [batch, context, vocabulary]. */
  Tensor logits(Tensor ids) {
    Tensor x = tokens.apply(ids).add(positions.table().value());
    for (Block block : blocks) {
      x = block.apply(x);
    }
    return tokens.logits(last.apply(x));
  }

  /**
   * One token of each row.
   *
   * @param ids I32 [batch]
   * @param places I32 [batch], 0 … context − 1
   * @param caches one per layer
   * @param assigns receives the caches' new contents
   * @return logits [batch, vocabulary]
   */
  Tensor step(Tensor ids, Tensor places, List<KvCache> caches, Map<Variable, Tensor> assigns) {
    int batch = ids.dim(0);
    Tensor x = tokens.apply(ids).add(positions.apply(places)).reshape(batch, 1, -1);
    for (int i = 0; i < blocks.size(); i++) {
      Block block = blocks.get(i);
      MultiHeadAttention.Step mixed =
          block.attention().step(block.attentionNorm().apply(x), caches.get(i), places);
      assigns.putAll(mixed.assigns());
      Tensor h = x.add(mixed.y());
      x = h.add(block.network(h));
    }
    return tokens.logits(last.apply(x)).reshape(batch, VOCABULARY);
  }
}
