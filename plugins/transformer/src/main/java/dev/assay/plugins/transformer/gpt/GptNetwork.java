package dev.assay.plugins.transformer.gpt;

import dev.assay.nn.Dropout;
import dev.assay.nn.Embedding;
import dev.assay.nn.KvCache;
import dev.assay.nn.LayerNorm;
import dev.assay.nn.ParameterStore;
import dev.assay.tensor.Backend;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Token and position embeddings, blocks, a last norm, and logits by the token embeddings. Radford
 * et al. 2019, §2.3.
 *
 * @param tokens [inputs, width]
 * @param positions [context, width]
 * @param choices tokens that can follow: the first ones of the table
 */
record GptNetwork(
    Embedding tokens,
    Embedding positions,
    List<TransformerBlock> blocks,
    LayerNorm last,
    int choices) {
  /**
   * @param inputs tokens that can be read
   * @param context most tokens read at once
   * @param choices tokens that can be predicted: numbers 0 … choices − 1
   */
  static GptNetwork create(
      ParameterStore store, GptConfig config, int inputs, int context, int choices) {
    Embedding tokens =
        Embedding.create(store.scope("tokens"), inputs, config.width(), TransformerBlock.weights());
    Embedding positions =
        Embedding.create(
            store.scope("positions"), context, config.width(), TransformerBlock.weights());
    List<TransformerBlock> blocks = new ArrayList<>();
    for (int i = 0; i < config.layers(); i++) {
      blocks.add(TransformerBlock.create(store.scope("blocks").scope(i), config));
    }
    LayerNorm last = LayerNorm.create(store.scope("last_norm"), config.width(), config.bias());
    return new GptNetwork(tokens, positions, blocks, last, choices);
  }

  /** Most tokens read at once. */
  int context() {
    return positions.tokens();
  }

  /** Tokens I32 [batch, context] → logits of each one's successor [batch, context, choices]. */
  Tensor logits(Tensor ids, Dropout dropout) {
    Tensor x = tokens.apply(ids).add(positions.table().value());
    x = dropout.child("embedding").apply(x);
    for (int i = 0; i < blocks.size(); i++) {
      x = blocks.get(i).apply(x, dropout.child("block" + i));
    }
    return head(x);
  }

  /** What one decoding step gives: logits [rows, choices] and the caches' new contents. */
  record Step(Tensor logits, Map<Variable, Tensor> assigns) {}

  /** One token per row, I32 [rows], at I32 positions [rows]. */
  Step step(Tensor ids, Tensor at, List<KvCache> caches) {
    int rows = ids.dim(0);
    Tensor x = tokens.apply(ids).add(positions.apply(at)).reshape(rows, 1, -1);
    Map<Variable, Tensor> assigns = new LinkedHashMap<>();
    for (int i = 0; i < blocks.size(); i++) {
      TransformerBlock.Step step = blocks.get(i).step(x, caches.get(i), at);
      x = step.y();
      assigns.putAll(step.assigns());
    }
    return new Step(head(x).reshape(rows, choices), assigns);
  }

  /** Empty caches for {@link #step}, one per block. */
  List<KvCache> caches(Backend backend, int rows) {
    List<KvCache> caches = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      int heads = blocks.get(i).attention().groups();
      int depth = blocks.get(i).attention().depth();
      caches.add(KvCache.create(backend, "cache." + i, rows, heads, context(), depth));
    }
    return caches;
  }

  private Tensor head(Tensor x) {
    Tensor table = tokens.table().value().slice(0, 0, choices);
    return last.apply(x).matmul(table.transpose(0, 1));
  }
}
