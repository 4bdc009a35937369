package dev.assay.plugins.transformer.gpt;

import dev.assay.nn.Dropout;
import dev.assay.nn.Embedding;
import dev.assay.nn.Initializer;
import dev.assay.nn.KvCache;
import dev.assay.nn.Linear;
import dev.assay.nn.ParameterStore;
import dev.assay.nn.Sinusoids;
import dev.assay.nn.decoding.SteppedNetwork;
import dev.assay.tensor.Backend;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Token and position embeddings, blocks, a last norm, and logits by the token embeddings. Radford
 * et al. 2019, §2.3.
 *
 * @param tokens [inputs, width]
 * @param positions [context, width], or null where attention knows the places itself
 * @param head width → choices, or null for the token embeddings
 * @param context most tokens read at once
 * @param choices tokens that can follow: the first ones of the table
 */
record GptNetwork(
    Embedding tokens,
    @Nullable Tensor positions,
    List<TransformerBlock> blocks,
    Norm last,
    @Nullable Linear head,
    int context,
    int choices) {
  private static final float APART = 1e30f;

  /**
   * @param inputs tokens that can be read
   * @param context most tokens read at once
   * @param choices tokens that can be predicted: numbers 0 … choices − 1
   */
  static GptNetwork create(
      ParameterStore store, GptConfig config, int inputs, int context, int choices) {
    int width = config.width();
    Initializer weights = TransformerBlock.weights();
    Embedding tokens = Embedding.create(store.scope("tokens"), inputs, width, weights);
    @Nullable Tensor positions =
        switch (config.positions()) {
          case LEARNED ->
              Embedding.create(store.scope("positions"), context, width, weights).table().value();
          case SINUSOIDAL -> Sinusoids.of(context, width);
          case ROTARY -> null;
        };
    List<TransformerBlock> blocks = new ArrayList<>();
    for (int i = 0; i < config.layers(); i++) {
      blocks.add(TransformerBlock.create(store.scope("blocks").scope(i), config, context));
    }
    Norm last = Norm.create(store.scope("last_norm"), config);
    @Nullable Linear head =
        config.tied() ? null : Linear.create(store.scope("head"), width, choices, weights, null);
    return new GptNetwork(tokens, positions, blocks, last, head, context, choices);
  }

  /**
   * Where the tokens of rows belong that hold several texts.
   *
   * @param documents I32 [batch, context]: tokens of equal numbers see each other
   * @param places I32 [batch, context]: place of a token in its text
   */
  record Packing(Tensor documents, Tensor places) {
    /** [batch, 1, context, context]: 0 between tokens of one text, else as good as −∞. */
    Tensor bias() {
      int rows = documents.dim(0);
      Tensor of = documents.toFloat();
      Tensor same = of.reshape(rows, 1, -1, 1).equal(of.reshape(rows, 1, 1, -1));
      return same.sub(1).mul(APART);
    }
  }

  /**
   * Tokens I32 [batch, context] → logits of each one's successor [batch, context, choices].
   *
   * @param packing null where a row is one text
   */
  Tensor logits(Tensor ids, @Nullable Packing packing, Dropout dropout) {
    Tensor x = tokens.apply(ids);
    if (positions != null) {
      x = x.add(packing == null ? positions : positions.gather(packing.places()));
    }
    @Nullable Tensor bias = packing == null ? null : packing.bias();
    x = dropout.child("embedding").apply(x);
    for (int i = 0; i < blocks.size(); i++) {
      x = blocks.get(i).apply(x, bias, dropout.child("block" + i));
    }
    return predict(x);
  }

  /** One token per row, I32 [rows], at I32 positions [rows]. */
  SteppedNetwork.Step step(Tensor ids, Tensor at, List<KvCache> caches) {
    int rows = ids.dim(0);
    Tensor embedded = tokens.apply(ids);
    Tensor x =
        (positions == null ? embedded : embedded.add(positions.gather(at))).reshape(rows, 1, -1);
    Map<Variable, Tensor> assigns = new LinkedHashMap<>();
    for (int i = 0; i < blocks.size(); i++) {
      TransformerBlock.Step step = blocks.get(i).step(x, caches.get(i), at);
      x = step.y();
      assigns.putAll(step.assigns());
    }
    return new SteppedNetwork.Step(predict(x).reshape(rows, choices), assigns);
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

  private Tensor predict(Tensor x) {
    Tensor y = last.apply(x);
    return head != null
        ? head.apply(y)
        : y.matmul(tokens.table().value().slice(0, 0, choices).transpose(0, 1));
  }
}
