package dev.assay.plugins.transformer.translation;

import dev.assay.nn.Initializer;
import dev.assay.nn.LayerNorm;
import dev.assay.nn.MultiHeadAttention;
import dev.assay.nn.ParameterStore;
import dev.assay.nn.RmsNorm;
import dev.assay.tensor.Tensor;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How the layers of an encoder and of a decoder are built.
 *
 * @param layers of the encoder, and of the decoder
 * @param width of the residual stream, a multiple of {@code heads}
 * @param hidden width inside feed-forward networks
 * @param preNorm whether norms stand before each part and at the end, not after each sum
 * @param plain root mean square norms and no biases; else layer norms, and biases everywhere
 */
public record LayerStyle(
    int layers, int heads, int width, int hidden, boolean preNorm, boolean plain) {
  /** How matrices begin. */
  static Initializer weights() {
    return Initializer.glorotUniform();
  }

  /** How biases begin; null for none. */
  @Nullable Initializer biases() {
    return plain ? null : Initializer.zeros();
  }

  UnaryOperator<Tensor> norm(ParameterStore store) {
    return plain
        ? RmsNorm.create(store, width)::apply
        : LayerNorm.create(store, width, true)::apply;
  }

  Residual join(ParameterStore store) {
    return new Residual(norm(store), preNorm);
  }

  MultiHeadAttention attention(ParameterStore store) {
    return MultiHeadAttention.create(store, width, heads, heads, !plain, weights(), weights());
  }
}
