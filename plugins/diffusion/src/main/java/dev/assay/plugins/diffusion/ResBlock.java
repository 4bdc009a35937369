package dev.assay.plugins.diffusion;

import dev.assay.nn.Conv2d;
import dev.assay.nn.Dropout;
import dev.assay.nn.GroupNorm;
import dev.assay.nn.Initializer;
import dev.assay.nn.Linear;
import dev.assay.nn.ParameterStore;
import dev.assay.tensor.Op.Window;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;
import org.jspecify.annotations.Nullable;

/**
 * Two convolutions with group norm around a residual path; between them enters the time. Ho et al.
 * 2020, appendix B. The second convolution starts at 0, so that a new block passes its input on.
 *
 * @param skip changes the number of channels; null if it stays
 */
record ResBlock(
    GroupNorm norm1,
    Conv2d conv1,
    Linear context,
    GroupNorm norm2,
    Conv2d conv2,
    @Nullable Linear skip) {
  private static final int CHANNELS_OF_A_GROUP = 4;
  private static final int MOST_GROUPS = 32;

  /**
   * @param in channels
   * @param out channels
   * @param width of the context
   */
  static ResBlock create(ParameterStore store, int in, int out, int width) {
    Window same = Window.padded(1);
    Initializer zeros = Initializer.zeros();
    return new ResBlock(
        norm(store.scope("norm1"), in),
        Conv2d.create(store.scope("conv1"), in, out, 3, same),
        Linear.create(store.scope("context"), width, out),
        norm(store.scope("norm2"), out),
        Conv2d.create(store.scope("conv2"), out, out, 3, same, zeros, zeros),
        in == out ? null : Linear.create(store.scope("skip"), in, out));
  }

  /** Group norm in up to 32 groups of at least 4 channels, where the channels can be so divided. */
  static GroupNorm norm(ParameterStore store, int channels) {
    int groups = Math.clamp(channels / CHANNELS_OF_A_GROUP, 1, MOST_GROUPS);
    while (channels % groups != 0) {
      groups--;
    }
    return GroupNorm.create(store, channels, groups);
  }

  /** x [n, h, w, in] and context [n, width] → [n, h, w, out]. */
  Tensor apply(Tensor x, Tensor given, Dropout dropout) {
    Tensor h = conv1.apply(Tensors.silu(norm1.apply(x)));
    Tensor shift = context.apply(Tensors.silu(given));
    h = h.add(shift.reshape(h.dim(0), 1, 1, h.dim(3)));
    h = conv2.apply(dropout.apply(Tensors.silu(norm2.apply(h))));
    return h.add(skip == null ? x : skip.apply(x));
  }
}
