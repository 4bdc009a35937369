package dev.assay.plugins.autoregressive.pixelcnn;

import dev.assay.nn.Dropout;
import dev.assay.nn.Embedding;
import dev.assay.nn.Initializer;
import dev.assay.nn.Linear;
import dev.assay.nn.ParameterStore;
import dev.assay.plugins.autoregressive.pixels.Convolution;
import dev.assay.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * One layer of both stacks: van den Oord et al. 2016, figure 2. The vertical stack sees whole rows
 * above, the horizontal one its own row to the left, and the vertical stack at the same place.
 *
 * @param vertical in → 2 p
 * @param link 2 p of the vertical stack → 2 p of the horizontal one
 * @param horizontal in → 2 p
 * @param out p → p of the horizontal stack
 * @param verticalLabel what a class adds to the vertical stack before the gate; null without
 * @param horizontalLabel the same for the horizontal stack
 * @param residual whether the horizontal stack is added to its input
 */
record GatedLayer(
    Convolution vertical,
    Linear link,
    Convolution horizontal,
    Linear out,
    @Nullable Embedding verticalLabel,
    @Nullable Embedding horizontalLabel,
    boolean residual) {
  /** Both stacks, [n, h, w, channels] each. */
  record Stacks(Tensor vertical, Tensor horizontal) {}

  /**
   * @param in channels of both stacks before
   * @param width p
   * @param kernel extent of the filter, of which the stacks see the part above and to the left
   * @param classes 0 without labels
   */
  static GatedLayer create(
      ParameterStore store, int in, int width, int kernel, int classes, boolean residual) {
    int half = (kernel + 1) / 2;
    return new GatedLayer(
        Convolution.above(store.scope("vertical"), in, 2 * width, half, kernel),
        linear(store.scope("link"), 2 * width, 2 * width),
        Convolution.left(store.scope("horizontal"), in, 2 * width, 1, half),
        linear(store.scope("out"), width, width),
        label(store.scope("vertical_label"), classes, 2 * width),
        label(store.scope("horizontal_label"), classes, 2 * width),
        residual);
  }

  static Linear linear(ParameterStore store, int in, int out) {
    return Linear.create(store, in, out, Initializer.glorotUniform(), Initializer.zeros());
  }

  private static @Nullable Embedding label(ParameterStore store, int classes, int width) {
    return classes == 0 ? null : Embedding.create(store, classes, width, Initializer.zeros());
  }

  Stacks apply(Stacks x, @Nullable Tensor labels, Dropout dropout) {
    Tensor v = vertical.apply(x.vertical());
    Tensor h = horizontal.apply(x.horizontal()).add(link.apply(v));
    Tensor gatedV = gate(add(v, verticalLabel, labels));
    Tensor gatedH = gate(add(h, horizontalLabel, labels));
    Tensor y = out.apply(dropout.child("horizontal").apply(gatedH));
    return new Stacks(
        dropout.child("vertical").apply(gatedV), residual ? y.add(x.horizontal()) : y);
  }

  /** Vᵀ h of eq. 4, the same at every pixel. */
  private static Tensor add(Tensor x, @Nullable Embedding embedding, @Nullable Tensor labels) {
    return embedding == null || labels == null
        ? x
        : x.add(embedding.apply(labels).reshape(x.dim(0), 1, 1, x.dim(3)));
  }

  /** tanh of the first half of the channels ⊙ σ of the second: eq. 2. */
  private static Tensor gate(Tensor x) {
    int width = x.dim(3) / 2;
    return x.slice(3, 0, width).tanh().mul(x.slice(3, width, width).sigmoid());
  }
}
