package dev.assay.plugins.transformer.bert;

import dev.assay.nn.Activation;
import dev.assay.nn.Initializer;
import dev.assay.nn.LayerNorm;
import dev.assay.nn.Linear;
import dev.assay.nn.Parameter;
import dev.assay.nn.ParameterStore;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;

/**
 * Which token stands at a place: a layer with GELU and a norm, then the token embeddings.
 *
 * @param bias [choices]
 * @param choices tokens that can be told: the first ones of the table
 */
record MaskedHead(BertEncoder encoder, Linear dense, LayerNorm norm, Parameter bias, int choices) {
  static MaskedHead create(ParameterStore store, BertEncoder encoder, int choices) {
    int width = encoder.width();
    return new MaskedHead(
        encoder,
        BertLayer.linear(store.scope("dense"), width, width),
        LayerNorm.create(store.scope("norm"), width, true),
        store.parameter("bias", Shape.of(choices), Initializer.zeros()),
        choices);
  }

  /**
   * Logits of the tokens at some places, [places, choices].
   *
   * @param vectors of all tokens, [rows, block, width]
   * @param places I32 [places]: row · block + place in the row; −1 for none
   */
  Tensor logits(Tensor vectors, Tensor places) {
    Tensor h = vectors.reshape(-1, encoder.width()).gather(places);
    Tensor y = norm.apply(Activation.GELU.apply(dense.apply(h)));
    Tensor table = encoder.tokens().table().value().slice(0, 0, choices);
    return y.matmul(table.transpose(0, 1)).add(bias.value());
  }
}
