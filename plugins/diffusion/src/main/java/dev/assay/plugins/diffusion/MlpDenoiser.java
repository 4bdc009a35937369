package dev.assay.plugins.diffusion;

import dev.assay.nn.Dropout;
import dev.assay.nn.Initializer;
import dev.assay.nn.Linear;
import dev.assay.nn.ParameterStore;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Fully connected residual layers, each told the time: for tables.
 *
 * @param in example → hidden
 * @param out hidden → example, initially 0
 */
record MlpDenoiser(Conditioning conditioning, Linear in, List<Layer> layers, Linear out)
    implements Denoiser {
  MlpDenoiser {
    layers = List.copyOf(layers);
  }

  /**
   * @param width numbers in an example
   * @param hidden width of the layers, even
   * @param depth residual layers
   * @param classes 0 for none
   */
  static MlpDenoiser create(ParameterStore store, int width, int hidden, int depth, int classes) {
    return new MlpDenoiser(
        Conditioning.create(store.scope("conditioning"), hidden, hidden, classes),
        Linear.create(store.scope("in"), width, hidden),
        IntStream.range(0, depth)
            .mapToObj(i -> Layer.create(store.scope("layer").scope(i), hidden))
            .toList(),
        Linear.create(store.scope("out"), hidden, width, Initializer.zeros(), Initializer.zeros()));
  }

  @Override
  public Tensor apply(Tensor x, Tensor time, Tensor labels, Dropout dropout) {
    Tensor context = conditioning.apply(time, labels);
    Tensor h = in.apply(x);
    for (int i = 0; i < layers.size(); i++) {
      h = layers.get(i).apply(h, context, dropout.child("layer" + i));
    }
    return out.apply(Tensors.silu(h));
  }

  @Override
  public int rows() {
    return 256;
  }

  /** h + W₂ silu(W₁ silu(h) + W₃ silu(context)). */
  record Layer(Linear first, Linear context, Linear second) {
    static Layer create(ParameterStore store, int width) {
      return new Layer(
          Linear.create(store.scope("first"), width, width),
          Linear.create(store.scope("context"), width, width),
          Linear.create(store.scope("second"), width, width));
    }

    Tensor apply(Tensor h, Tensor given, Dropout dropout) {
      Tensor inner = first.apply(Tensors.silu(h)).add(context.apply(Tensors.silu(given)));
      return h.add(second.apply(dropout.apply(Tensors.silu(inner))));
    }
  }
}
