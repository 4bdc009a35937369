package dev.assay.plugins.gan.network;

import dev.assay.nn.Activation;
import dev.assay.nn.BatchNorm;
import dev.assay.nn.Conv2d;
import dev.assay.nn.ConvTranspose2d;
import dev.assay.nn.Initializer;
import dev.assay.nn.Linear;
import dev.assay.nn.ParameterStore;
import dev.assay.spi.Modality;
import dev.assay.tensor.Op.Window;
import dev.assay.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A linear layer onto the smallest size, then transposed convolutions of stride 2 up to the image,
 * channels halving, each with batch normalisation and ReLU. Radford et al. 2016, §3 and figure 1; a
 * 3×3 convolution makes the image, so that small ones have a hidden layer too.
 */
public final class ConvGenerator implements Generator {
  private static final Initializer WEIGHTS = Initializer.heNormal();
  private static final int KERNEL = 4;
  private static final Window DOUBLING = Window.strided(2, 1);

  private final ImageSizes.Size base;
  private final Linear project;
  private final BatchNorm norm;
  private final List<Stage> stages;
  private final Conv2d toImage;

  private record Stage(ConvTranspose2d up, BatchNorm norm, ImageSizes.Size size) {
    Tensor apply(Tensor h, Pass pass) {
      Tensor y = up.apply(h, size.height(), size.width());
      return Activation.RELU.apply(pass.normalised(norm, y));
    }
  }

  /**
   * @param latent numbers in z
   * @param width channels at full size
   */
  public static ConvGenerator create(
      ParameterStore store, Modality.Image image, int latent, int width) {
    return new ConvGenerator(store, image, latent, width);
  }

  private ConvGenerator(ParameterStore store, Modality.Image image, int latent, int width) {
    ImageSizes sizes = ImageSizes.of(image);
    base = sizes.base();
    int channels = width << sizes.halvings();
    int features = base.height() * base.width() * channels;
    project = Linear.create(store.scope("project"), latent, features, WEIGHTS, null);
    norm = BatchNorm.create(store.scope("project").scope("norm"), channels);
    stages = new ArrayList<>();
    for (ImageSizes.Size size : sizes.rising()) {
      ParameterStore scope = store.scope(stages.size());
      ConvTranspose2d up =
          ConvTranspose2d.create(scope, channels, channels / 2, KERNEL, DOUBLING, WEIGHTS, null);
      channels /= 2;
      stages.add(new Stage(up, BatchNorm.create(scope.scope("norm"), channels), size));
    }
    toImage =
        Conv2d.create(
            store.scope("image"),
            channels,
            image.channels(),
            3,
            Window.padded(1),
            Initializer.glorotUniform(),
            Initializer.zeros());
  }

  @Override
  public Tensor apply(Tensor z, Tensor label, Pass pass) {
    Tensor h = project.apply(z).reshape(z.dim(0), base.height(), base.width(), -1);
    h = Activation.RELU.apply(pass.normalised(norm, h));
    for (Stage stage : stages) {
      h = stage.apply(h, pass);
    }
    return toImage.apply(h);
  }
}
