package dev.assay.plugins.gan.stylegan;

import dev.assay.nn.Activation;
import dev.assay.nn.Initializer;
import dev.assay.nn.Parameter;
import dev.assay.nn.ParameterStore;
import dev.assay.plugins.gan.network.ImageSizes;
import dev.assay.plugins.gan.network.ImageSizes.Size;
import dev.assay.plugins.gan.network.Resampling;
import dev.assay.spi.Modality;
import dev.assay.tensor.Draws;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * g: styles and noise to images, from a learned constant. Each size adds its own image to that of
 * the smaller ones. Karras et al. 2020, figures 2 (c) and 7 (b).
 */
final class Synthesis {
  private final Parameter constant;
  private final List<Level> levels;

  /** A modulated convolution, noise, bias, and a leaky ReLU that keeps the mean square. */
  private record Layer(ModulatedConv conv, Parameter strength, Parameter bias) {
    private static final float GAIN = 1.41421356f;

    static Layer create(ParameterStore store, int latent, int in, int out) {
      return new Layer(
          ModulatedConv.create(store, latent, in, out, 3, true),
          store.parameter("noise", Shape.SCALAR, Initializer.zeros()),
          store.parameter("bias", Shape.of(out), Initializer.zeros()));
    }

    Tensor apply(Tensor x, Tensor w, Draws noise) {
      Tensor y = conv.apply(x, w);
      Tensor places = noise.normal(y.shape().with(3, 1)).mul(strength.value());
      return Activation.LEAKY_RELU.apply(y.add(places).add(bias.value())).mul(GAIN);
    }
  }

  /** What happens at one size: one layer at the base, two above. */
  private record Level(Size size, List<Layer> layers, ModulatedConv toImage, Parameter bias) {}

  Synthesis(ParameterStore store, Modality.Image image, int latent, int width) {
    ImageSizes sizes = ImageSizes.of(image);
    Size base = sizes.base();
    int channels = width << sizes.halvings();
    constant =
        store.parameter(
            "constant", Shape.of(1, base.height(), base.width(), channels), Initializer.normal(1));
    levels = new ArrayList<>();
    ParameterStore first = store.scope(0);
    levels.add(
        level(
            first,
            base,
            List.of(Layer.create(first.scope(0), latent, channels, channels)),
            latent,
            image.channels()));
    for (Size size : sizes.rising()) {
      ParameterStore scope = store.scope(levels.size());
      Layer up = Layer.create(scope.scope(0), latent, channels, channels / 2);
      channels /= 2;
      Layer keep = Layer.create(scope.scope(1), latent, channels, channels);
      levels.add(level(scope, size, List.of(up, keep), latent, image.channels()));
    }
  }

  private static Level level(
      ParameterStore store, Size size, List<Layer> layers, int latent, int colours) {
    int channels = layers.getLast().bias().shape().dim(0);
    ParameterStore image = store.scope("image");
    return new Level(
        size,
        layers,
        ModulatedConv.create(image, latent, channels, colours, 1, false),
        image.parameter("bias", Shape.of(colours), Initializer.zeros()));
  }

  /** Styles that {@link #apply} takes: one for each layer, one more for the last image. */
  int styles() {
    return levels.stream().mapToInt(level -> level.layers().size()).sum() + 1;
  }

  /**
   * @param styles w of each layer, each [n, latent]; an image takes that of the layer after it
   * @param noise of all layers
   * @return [n, height, width, channels]
   */
  Tensor apply(List<Tensor> styles, Draws noise) {
    int n = styles.get(0).dim(0);
    Tensor h = constant.value().broadcast(constant.shape().with(0, n));
    Tensor image = Tensor.scalar(0);
    int next = 0;
    for (Level level : levels) {
      if (next > 0) {
        h = Resampling.up(h, level.size());
        image = Resampling.up(image, level.size());
      }
      for (Layer layer : level.layers()) {
        h = layer.apply(h, styles.get(next), noise.child("noise" + next));
        next++;
      }
      image = level.toImage().apply(h, styles.get(next)).add(level.bias().value()).add(image);
    }
    return image;
  }
}
