package dev.assay.plugins.autoregressive.pixelsnail;

import dev.assay.nn.Activation;
import dev.assay.nn.Dropout;
import dev.assay.nn.Embedding;
import dev.assay.nn.Initializer;
import dev.assay.nn.ParameterStore;
import dev.assay.plugins.autoregressive.pixels.Convolution;
import dev.assay.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * x plus a gated branch of two convolutions of 2 × 2, which see nothing below or to the right: Chen
 * et al. 2018, figure 2a.
 *
 * @param first width → width
 * @param second width → 2 width, half of it for the gate
 * @param label what a class adds after the first; null without
 */
record ResidualBlock(Convolution first, Convolution second, @Nullable Embedding label) {
  private static final int KERNEL = 2;

  static ResidualBlock create(ParameterStore store, int width, int classes) {
    return new ResidualBlock(
        Convolution.left(store.scope("first"), width, width, KERNEL, KERNEL),
        Convolution.left(store.scope("second"), width, 2 * width, KERNEL, KERNEL),
        classes == 0
            ? null
            : Embedding.create(store.scope("label"), classes, width, Initializer.zeros()));
  }

  /** x [n, h, w, width] → the same shape. */
  Tensor apply(Tensor x, @Nullable Tensor labels, Dropout dropout) {
    Tensor h = first.apply(Activation.ELU.apply(x));
    if (label != null && labels != null) {
      h = h.add(label.apply(labels).reshape(x.dim(0), 1, 1, x.dim(3)));
    }
    Tensor y = second.apply(dropout.apply(Activation.ELU.apply(h)));
    int width = x.dim(3);
    return x.add(y.slice(3, 0, width).mul(y.slice(3, width, width).sigmoid()));
  }
}
