package dev.assay.plugins.vae;

import dev.assay.nn.Activation;
import dev.assay.nn.Conv2d;
import dev.assay.nn.Initializer;
import dev.assay.nn.Linear;
import dev.assay.nn.ParameterStore;
import dev.assay.spi.Modality;
import dev.assay.tensor.Op.Window;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Convolutions of stride 2, then one linear layer that sees the condition as well. */
record ConvEncoder(Modality.Image image, List<Conv2d> layers, Linear head, Activation activation)
    implements Coder {
  /** Kernel 3 and padding 1: stride 2 gives ⌈n / 2⌉. */
  static final int KERNEL = 3;

  static final Window HALVING = Window.strided(2, 1);

  static ConvEncoder create(
      ParameterStore store, Modality.Image image, Architecture form, int beside, int out) {
    List<Conv2d> layers = new ArrayList<>();
    int in = image.channels();
    int height = image.height();
    int width = image.width();
    for (int channels : form.channels()) {
      layers.add(
          Conv2d.create(
              store.scope("conv").scope(layers.size()),
              in,
              channels,
              KERNEL,
              HALVING,
              Initializer.heNormal(),
              Initializer.zeros()));
      in = channels;
      height = HALVING.outHeight(height, KERNEL);
      width = HALVING.outWidth(width, KERNEL);
    }
    Linear head =
        Linear.create(
            store.scope("head"),
            height * width * in + beside,
            out,
            Initializer.glorotUniform(),
            Initializer.zeros());
    return new ConvEncoder(image, layers, head, form.activation());
  }

  @Override
  public Tensor apply(Tensor x, Given given) {
    Tensor h = x.reshape(-1, image.height(), image.width(), image.channels());
    for (Conv2d layer : layers) {
      h = activation.apply(layer.apply(h));
    }
    Shape flat = x.shape().with(-1, h.dim(1) * h.dim(2) * h.dim(3));
    return head.apply(given.beside(h.reshape(flat)));
  }
}
