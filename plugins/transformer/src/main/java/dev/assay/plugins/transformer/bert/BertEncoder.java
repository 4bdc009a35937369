package dev.assay.plugins.transformer.bert;

import dev.assay.nn.Dropout;
import dev.assay.nn.Embedding;
import dev.assay.nn.LayerNorm;
import dev.assay.nn.ParameterStore;
import dev.assay.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Token and position embeddings, a norm, and layers that see both sides. Devlin et al. 2019, §3.
 *
 * @param tokens [inputs + 1, width]; the last one hides a token
 * @param positions [block, width]; null if the layers know the places
 * @param lastNorm of what the layers give, if their norms stand before their parts
 */
record BertEncoder(
    Embedding tokens,
    @Nullable Embedding positions,
    LayerNorm norm,
    List<BertLayer> layers,
    @Nullable LayerNorm lastNorm) {
  BertEncoder {
    layers = List.copyOf(layers);
  }

  /**
   * @param inputs tokens that can be read
   */
  static BertEncoder create(ParameterStore store, BertConfig config, int inputs) {
    int width = config.width();
    List<BertLayer> layers = new ArrayList<>();
    for (int i = 0; i < config.layers(); i++) {
      layers.add(BertLayer.create(store.scope("layers").scope(i), config));
    }
    return new BertEncoder(
        Embedding.create(store.scope("tokens"), inputs + 1, width, BertLayer.weights()),
        config.rotary()
            ? null
            : Embedding.create(
                store.scope("positions"), config.block(), width, BertLayer.weights()),
        LayerNorm.create(store.scope("norm"), width, true),
        layers,
        config.preNorm() ? LayerNorm.create(store.scope("last_norm"), width, true) : null);
  }

  /** The token that hides another one. */
  int mask() {
    return tokens.tokens() - 1;
  }

  int width() {
    return tokens.table().shape().dim(1);
  }

  /**
   * Vectors of tokens in their context, [rows, block, width].
   *
   * @param ids I32 [rows, block]
   * @param lengths I32 [rows]: tokens of each row
   */
  Tensor apply(Tensor ids, Tensor lengths, Dropout dropout) {
    Tensor read = tokens.apply(ids);
    Tensor placed = positions == null ? read : read.add(positions.table().value());
    Tensor x = dropout.child("embedding").apply(norm.apply(placed));
    for (int i = 0; i < layers.size(); i++) {
      x = layers.get(i).apply(x, lengths, dropout.child("layer" + i));
    }
    return lastNorm == null ? x : lastNorm.apply(x);
  }
}
