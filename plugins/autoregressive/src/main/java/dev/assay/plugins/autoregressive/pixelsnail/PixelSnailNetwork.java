package dev.assay.plugins.autoregressive.pixelsnail;

import dev.assay.nn.Activation;
import dev.assay.nn.Dropout;
import dev.assay.nn.Linear;
import dev.assay.nn.ParameterStore;
import dev.assay.plugins.autoregressive.pixels.Convolution;
import dev.assay.plugins.autoregressive.pixels.PixelData;
import dev.assay.plugins.autoregressive.pixels.PixelNetwork;
import dev.assay.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A first layer that sees the rows above and the pixels to the left, then blocks, then logits.
 *
 * @param above image, one row lower → width
 * @param left image, one column further right → width
 */
record PixelSnailNetwork(
    PixelData data, Convolution above, Convolution left, List<AttentionBlock> blocks, Linear output)
    implements PixelNetwork {
  private static final int PLANES = 2;

  PixelSnailNetwork {
    blocks = List.copyOf(blocks);
  }

  static PixelSnailNetwork create(ParameterStore store, PixelSnailConfig config, PixelData data) {
    List<AttentionBlock> blocks = new ArrayList<>();
    for (int i = 0; i < config.blocks(); i++) {
      blocks.add(AttentionBlock.create(store.scope(i), config, PLANES, data.classes()));
    }
    return new PixelSnailNetwork(
        data,
        Convolution.above(store.scope("above"), PLANES, config.width(), 2, 3),
        Convolution.left(store.scope("left"), PLANES, config.width(), 1, 2),
        blocks,
        AttentionBlock.linear(store.scope("output"), config.width(), data.levels().logits()));
  }

  @Override
  public Tensor logits(Tensor x, @Nullable Tensor labels, Dropout dropout) {
    Tensor image = Convolution.planes(x, data);
    Tensor u = above.apply(Convolution.down(image)).add(left.apply(Convolution.right(image)));
    for (int i = 0; i < blocks.size(); i++) {
      u = blocks.get(i).apply(u, image, labels, dropout.child("block" + i));
    }
    return output.apply(Activation.ELU.apply(u)).reshape(x.dim(0), data.pixels(), -1);
  }
}
