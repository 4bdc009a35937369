package dev.assay.plugins.transformer.gpt;

import dev.assay.nn.LayerNorm;
import dev.assay.nn.ParameterStore;
import dev.assay.nn.RmsNorm;
import dev.assay.tensor.Tensor;

/** Normalisation of the stream: x [.., width] → [.., width]. */
@FunctionalInterface
interface Norm {
  Tensor apply(Tensor x);

  static Norm create(ParameterStore store, GptConfig config) {
    return switch (config.norm()) {
      case LAYER -> LayerNorm.create(store, config.width(), config.bias())::apply;
      case RMS -> RmsNorm.create(store, config.width())::apply;
    };
  }
}
