package dev.assay.plugins.gan.network;

import dev.assay.nn.Activation;
import dev.assay.nn.BatchNorm;
import dev.assay.nn.GroupNorm;
import dev.assay.nn.Initializer;
import dev.assay.nn.Parameter;
import dev.assay.nn.ParameterStore;
import dev.assay.spi.Modality;
import dev.assay.tensor.Op.Window;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Convolutions of stride 2 down to the smallest size, channels doubling, leaky ReLU; then one
 * linear unit. Radford et al. 2016, §3; a 3×3 convolution at full size comes first, so that small
 * images have a hidden layer too.
 */
public final class ConvCritic implements Critic {
  private static final Initializer WEIGHTS = Initializer.heNormal();
  private static final int KERNEL = 4;
  private static final Window HALVING = Window.strided(2, 1);

  private final List<Layer> layers;
  private final Weight out;
  private final Parameter bias;

  /** A convolution and what normalises its result. */
  private record Layer(
      Weight filter, Parameter bias, Window window, BiFunction<Tensor, Pass, Tensor> norm) {
    Tensor apply(Tensor x, Pass pass) {
      Tensor y = x.conv2d(filter.value(pass), window).add(bias.value());
      return Activation.LEAKY_RELU.apply(norm.apply(y, pass));
    }
  }

  private ConvCritic(List<Layer> layers, Weight out, Parameter bias) {
    this.layers = layers;
    this.out = out;
    this.bias = bias;
  }

  /**
   * @param width channels of the first layer
   */
  public static ConvCritic create(
      ParameterStore store, Modality.Image image, int width, CriticNorm norm) {
    ImageSizes sizes = ImageSizes.of(image);
    boolean spectral = norm == CriticNorm.SPECTRAL;
    List<Layer> layers = new ArrayList<>();
    layers.add(
        layer(
            store.scope(0),
            Shape.of(3, 3, image.channels(), width),
            Window.padded(1),
            spectral ? norm : CriticNorm.NONE));
    int channels = width;
    for (int i = 1; i <= sizes.halvings(); i++) {
      Shape filter = Shape.of(KERNEL, KERNEL, channels, 2 * channels);
      layers.add(layer(store.scope(i), filter, HALVING, norm));
      channels *= 2;
    }
    ParameterStore last = store.scope("out");
    int features = sizes.base().height() * sizes.base().width() * channels;
    return new ConvCritic(
        layers,
        Weight.create(last, Shape.of(features, 1), Initializer.glorotUniform(), spectral),
        last.parameter("bias", Shape.of(1), Initializer.zeros()));
  }

  private static Layer layer(ParameterStore store, Shape filter, Window window, CriticNorm norm) {
    int out = filter.dim(-1);
    Weight weight = Weight.create(store, filter, WEIGHTS, norm == CriticNorm.SPECTRAL);
    Parameter bias = store.parameter("bias", Shape.of(out), Initializer.zeros());
    return new Layer(weight, bias, window, norm(store.scope("norm"), out, norm));
  }

  private static BiFunction<Tensor, Pass, Tensor> norm(
      ParameterStore store, int channels, CriticNorm norm) {
    return switch (norm) {
      case NONE, SPECTRAL -> (x, _) -> x;
      case BATCH -> {
        BatchNorm batch = BatchNorm.create(store, channels);
        yield (x, pass) -> pass.normalised(batch, x);
      }
      case LAYER -> {
        GroupNorm layer = GroupNorm.create(store, channels, 1);
        yield (x, _) -> layer.apply(x);
      }
    };
  }

  @Override
  public Tensor apply(Tensor x, Tensor label, Pass pass) {
    Tensor h = x;
    for (Layer layer : layers) {
      h = layer.apply(h, pass);
    }
    Tensor flat = h.reshape(h.dim(0), -1);
    return flat.matmul(out.value(pass)).add(bias.value()).reshape(h.dim(0));
  }
}
