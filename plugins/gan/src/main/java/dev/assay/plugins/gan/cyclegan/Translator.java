package dev.assay.plugins.gan.cyclegan;

import dev.assay.nn.Conv2d;
import dev.assay.nn.ConvTranspose2d;
import dev.assay.nn.GroupNorm;
import dev.assay.nn.Initializer;
import dev.assay.nn.ParameterStore;
import dev.assay.plugins.gan.network.ImageSizes;
import dev.assay.spi.Modality;
import dev.assay.tensor.Op.Window;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An image of one set to one of the other, of the same shape: a convolution, one of stride 2 where
 * the image is at least 8 wide, residual blocks, and the way back. Each convolution but the last is
 * normalised over each image and channel. Zhu et al. 2017, appendix 7.2.
 *
 * @param down null for images too small to halve
 * @param up null for images too small to halve
 */
record Translator(
    Step first,
    @Nullable Step down,
    List<Step> blocks,
    @Nullable ConvTranspose2d up,
    @Nullable GroupNorm upNorm,
    Conv2d last) {
  private static final Initializer WEIGHTS = Initializer.heNormal();
  private static final Window SAME = Window.padded(1);
  private static final Window HALVING = Window.strided(2, 1);

  /** A convolution and the norm of its result. */
  private record Step(Conv2d conv, GroupNorm norm) {
    static Step create(ParameterStore store, int in, int out, int kernel, Window window) {
      return new Step(
          Conv2d.create(store, in, out, kernel, window, WEIGHTS, Initializer.zeros()),
          GroupNorm.create(store.scope("norm"), out, out));
    }

    Tensor apply(Tensor x) {
      return norm.apply(conv.apply(x));
    }
  }

  static Translator create(ParameterStore store, Modality.Image image, int width, int blocks) {
    boolean halved = ImageSizes.of(image).halvings() > 0;
    int inner = halved ? 2 * width : width;
    List<Step> residuals = new ArrayList<>();
    for (int i = 0; i < 2 * blocks; i++) {
      residuals.add(Step.create(store.scope("block").scope(i), inner, inner, 3, SAME));
    }
    ParameterStore up = store.scope("up");
    return new Translator(
        Step.create(store.scope("first"), image.channels(), width, 3, SAME),
        halved ? Step.create(store.scope("down"), width, inner, 4, HALVING) : null,
        residuals,
        halved
            ? ConvTranspose2d.create(up, inner, width, 4, HALVING, WEIGHTS, Initializer.zeros())
            : null,
        halved ? GroupNorm.create(up.scope("norm"), width, width) : null,
        Conv2d.create(
            store.scope("last"),
            width,
            image.channels(),
            3,
            SAME,
            Initializer.glorotUniform(),
            Initializer.zeros()));
  }

  /** x [n, h, w, c] in [−1, 1] → the same. */
  Tensor apply(Tensor x) {
    Tensor h = Tensors.relu(first.apply(x));
    if (down != null) {
      h = Tensors.relu(down.apply(h));
    }
    for (int i = 0; i < blocks.size(); i += 2) {
      h = h.add(blocks.get(i + 1).apply(Tensors.relu(blocks.get(i).apply(h))));
    }
    if (up != null && upNorm != null) {
      h = Tensors.relu(upNorm.apply(up.apply(h, x.dim(1), x.dim(2))));
    }
    return last.apply(h).tanh();
  }
}
