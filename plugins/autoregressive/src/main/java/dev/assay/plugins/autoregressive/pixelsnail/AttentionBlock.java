package dev.assay.plugins.autoregressive.pixelsnail;

import dev.assay.nn.Activation;
import dev.assay.nn.Dropout;
import dev.assay.nn.Initializer;
import dev.assay.nn.Linear;
import dev.assay.nn.ParameterStore;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Residual blocks, then attention from each pixel to all before it: Chen et al. 2018, figure 2.
 * Keys and values are made of features, the image itself and the place; queries of features and
 * place. As a pixel's keys know the pixel, it is seen by those after it only, and the first sees
 * nothing.
 *
 * @param keys features, image and place → heads · depth of keys, then as many of values
 * @param queries features and place → heads · depth
 * @param features 1 × 1 on the features
 * @param attended 1 × 1 on what attention gives
 * @param out 1 × 1 on the sum of both, which is added to the features
 */
record AttentionBlock(
    List<ResidualBlock> residuals,
    Linear keys,
    Linear queries,
    Linear features,
    Linear attended,
    Linear out,
    int heads) {
  /** Planes that say where a pixel is. */
  static final int PLACE = 2;

  AttentionBlock {
    residuals = List.copyOf(residuals);
  }

  /**
   * @param planes channels of the image
   */
  static AttentionBlock create(
      ParameterStore store, PixelSnailConfig config, int planes, int classes) {
    int width = config.width();
    int packed = config.heads() * config.depth();
    List<ResidualBlock> residuals = new ArrayList<>();
    for (int i = 0; i < config.residuals(); i++) {
      residuals.add(ResidualBlock.create(store.scope(i), width, classes));
    }
    return new AttentionBlock(
        residuals,
        linear(store.scope("keys"), width + planes + PLACE, 2 * packed),
        linear(store.scope("queries"), width + PLACE, packed),
        linear(store.scope("features"), width, width),
        linear(store.scope("attended"), packed, width),
        linear(store.scope("out"), width, width),
        config.heads());
  }

  static Linear linear(ParameterStore store, int in, int out) {
    return Linear.create(store, in, out, Initializer.glorotUniform(), Initializer.zeros());
  }

  /**
   * x [n, h, w, width] → the same shape.
   *
   * @param image [n, h, w, planes]
   */
  Tensor apply(Tensor x, Tensor image, @Nullable Tensor labels, Dropout dropout) {
    Tensor u = x;
    for (int i = 0; i < residuals.size(); i++) {
      u = residuals.get(i).apply(u, labels, dropout.child("residual" + i));
    }
    Tensor seen = Activation.ELU.apply(attended.apply(attention(u, image)));
    Tensor h = Activation.ELU.apply(features.apply(Activation.ELU.apply(u))).add(seen);
    return u.add(out.apply(dropout.child("out").apply(h)));
  }

  /** [n, h, w, width] → [n, h, w, heads · depth]. */
  private Tensor attention(Tensor u, Tensor image) {
    int n = u.dim(0);
    int height = u.dim(1);
    int width = u.dim(2);
    Tensor place = place(n, height, width);
    Tensor q = heads(queries.apply(Tensor.concat(3, u, place)), heads);
    Tensor kv = heads(keys.apply(Tensor.concat(3, u, image, place)), 2 * heads);
    int depth = q.dim(3);
    int earlier = height * width - 1;
    if (earlier == 0) {
      return Tensor.fill(0, Shape.of(n, height, width, heads * depth));
    }
    Tensor before = kv.slice(2, 0, earlier);
    Tensor y =
        Tensors.attention(
            q.slice(2, 1, earlier),
            before.slice(1, 0, heads),
            before.slice(1, heads, heads),
            null,
            (float) (1 / Math.sqrt(depth)),
            true);
    return y.pad(2, 1, 0, 0).permute(0, 2, 1, 3).reshape(n, height, width, heads * depth);
  }

  /** [n, h, w, parts · depth] → [n, parts, h · w, depth]. */
  private static Tensor heads(Tensor x, int parts) {
    return x.reshape(x.dim(0), x.dim(1) * x.dim(2), parts, -1).permute(0, 2, 1, 3);
  }

  /** Row and column as numbers from −½ to below ½. */
  private static Tensor place(int n, int height, int width) {
    Shape shape = Shape.of(n, height, width, 1);
    Tensor row = Tensor.iota(shape, 1).mul(1f / height).sub(0.5f);
    Tensor column = Tensor.iota(shape, 2).mul(1f / width).sub(0.5f);
    return Tensor.concat(3, row, column);
  }
}
