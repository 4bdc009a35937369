package dev.assay.plugins.diffusion;

import dev.assay.nn.GroupNorm;
import dev.assay.nn.Initializer;
import dev.assay.nn.MultiHeadAttention;
import dev.assay.nn.ParameterStore;
import dev.assay.tensor.Tensor;

/**
 * Each pixel attends to all of its image, by one head, around a residual path. Ho et al. 2020,
 * appendix B. The output starts at 0.
 */
record AttentionBlock(GroupNorm norm, MultiHeadAttention attention) {
  static AttentionBlock create(ParameterStore store, int channels) {
    return new AttentionBlock(
        ResBlock.norm(store.scope("norm"), channels),
        MultiHeadAttention.create(
            store.scope("attention"),
            channels,
            1,
            1,
            true,
            Initializer.torch(),
            Initializer.zeros()));
  }

  /** x [n, h, w, channels] → the same shape. */
  Tensor apply(Tensor x) {
    Tensor pixels = norm.apply(x).reshape(x.dim(0), x.dim(1) * x.dim(2), x.dim(3));
    return x.add(attention.apply(pixels, null, false).reshape(x.shape()));
  }
}
