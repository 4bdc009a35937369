package dev.assay.plugins.gan.biggan;

import dev.assay.nn.Activation;
import dev.assay.nn.BatchNorm;
import dev.assay.nn.Embedding;
import dev.assay.nn.Initializer;
import dev.assay.nn.ParameterStore;
import dev.assay.plugins.gan.network.Generator;
import dev.assay.plugins.gan.network.ImageSizes;
import dev.assay.plugins.gan.network.Pass;
import dev.assay.plugins.gan.network.Resampling;
import dev.assay.plugins.gan.network.SpectralConv;
import dev.assay.plugins.gan.network.SpectralLinear;
import dev.assay.spi.Modality;
import dev.assay.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Residual blocks that double the size, each with its own chunk of z beside the class embedding.
 * Brock et al. 2019, appendix B and figure 15.
 */
final class ResidualGenerator implements Generator {
  private final ImageSizes.Size base;
  private final Embedding classes;
  private final SpectralLinear project;
  private final List<Block> blocks;
  private final BatchNorm last;
  private final SpectralConv toImage;

  /** Figure 15 (b). */
  private record Block(
      ImageSizes.Size size,
      ClassConditionalNorm firstNorm,
      SpectralConv first,
      ClassConditionalNorm secondNorm,
      SpectralConv second,
      SpectralConv skip) {
    static Block create(
        ParameterStore store, ImageSizes.Size size, int in, int out, int condition) {
      return new Block(
          size,
          ClassConditionalNorm.create(store.scope("norm1"), in, condition),
          SpectralConv.create(store.scope("conv1"), in, out, 3),
          ClassConditionalNorm.create(store.scope("norm2"), out, condition),
          SpectralConv.create(store.scope("conv2"), out, out, 3),
          SpectralConv.create(store.scope("skip"), in, out, 1));
    }

    Tensor apply(Tensor x, Tensor c, Pass pass) {
      Tensor h = Activation.RELU.apply(firstNorm.apply(x, c, pass));
      h = first.apply(Resampling.up(h, size), pass);
      h = Activation.RELU.apply(secondNorm.apply(h, c, pass));
      return second.apply(h, pass).add(Resampling.up(skip.apply(x, pass), size));
    }
  }

  ResidualGenerator(ParameterStore store, Modality.Image image, int classes, BigGanConfig config) {
    ImageSizes sizes = ImageSizes.of(image);
    base = sizes.base();
    this.classes =
        Embedding.create(
            store.scope("classes"), classes, config.embedding(), Initializer.normal(1));
    int channels = config.width() << sizes.halvings();
    project =
        SpectralLinear.create(
            store.scope("project"), config.latent(), base.height() * base.width() * channels);
    blocks = new ArrayList<>();
    int condition = config.embedding() + config.latent();
    for (ImageSizes.Size size : sizes.rising()) {
      blocks.add(Block.create(store.scope(blocks.size()), size, channels, channels / 2, condition));
      channels /= 2;
    }
    last = BatchNorm.create(store.scope("norm"), channels);
    toImage = SpectralConv.create(store.scope("image"), channels, image.channels(), 3);
  }

  /** Chunks of z: one for the base and one for each block. */
  static int chunks(Modality.Image image) {
    return ImageSizes.of(image).halvings() + 1;
  }

  @Override
  public Tensor apply(Tensor z, Tensor label, Pass pass) {
    List<Tensor> chunks = z.split(1, blocks.size() + 1);
    Tensor y = classes.apply(label);
    Tensor h =
        project.apply(chunks.get(0), pass).reshape(z.dim(0), base.height(), base.width(), -1);
    for (int i = 0; i < blocks.size(); i++) {
      h = blocks.get(i).apply(h, Tensor.concat(1, y, chunks.get(i + 1)), pass);
    }
    return toImage.apply(Activation.RELU.apply(pass.normalised(last, h)), pass);
  }
}
