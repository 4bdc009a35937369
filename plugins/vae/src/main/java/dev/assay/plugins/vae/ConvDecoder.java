package dev.assay.plugins.vae;

import dev.assay.nn.Activation;
import dev.assay.nn.ConvTranspose2d;
import dev.assay.nn.Initializer;
import dev.assay.nn.Linear;
import dev.assay.nn.ParameterStore;
import dev.assay.spi.Modality;
import dev.assay.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A linear layer, then transposed convolutions that undo the halvings of a {@link ConvEncoder}.
 *
 * @param sizes heights and widths from the image down: one more than layers
 * @param base channels of the smallest
 */
record ConvDecoder(
    Modality.Image image,
    Linear head,
    List<int[]> sizes,
    int base,
    List<ConvTranspose2d> layers,
    int parameters,
    Activation activation)
    implements Coder {
  static ConvDecoder create(
      ParameterStore store, Modality.Image image, Architecture form, int in, int parameters) {
    List<int[]> sizes = new ArrayList<>();
    sizes.add(new int[] {image.height(), image.width()});
    for (int i = 0; i < form.channels().size(); i++) {
      int[] last = sizes.getLast();
      sizes.add(
          new int[] {
            ConvEncoder.HALVING.outHeight(last[0], ConvEncoder.KERNEL),
            ConvEncoder.HALVING.outWidth(last[1], ConvEncoder.KERNEL)
          });
    }
    List<Integer> channels = new ArrayList<>(List.of(parameters * image.channels()));
    channels.addAll(form.channels());
    List<ConvTranspose2d> layers = new ArrayList<>();
    for (int i = channels.size() - 1; i > 0; i--) {
      layers.add(
          ConvTranspose2d.create(
              store.scope("conv").scope(layers.size()),
              channels.get(i),
              channels.get(i - 1),
              ConvEncoder.KERNEL,
              ConvEncoder.HALVING,
              i > 1 ? Initializer.heNormal() : Initializer.glorotUniform(),
              Initializer.zeros()));
    }
    int[] smallest = sizes.getLast();
    int base = channels.getLast();
    Linear head =
        Linear.create(
            store.scope("head"),
            in,
            smallest[0] * smallest[1] * base,
            Initializer.glorotUniform(),
            Initializer.zeros());
    return new ConvDecoder(image, head, sizes, base, layers, parameters, form.activation());
  }

  @Override
  public Tensor apply(Tensor x, Given given) {
    int[] smallest = sizes.getLast();
    Tensor h = head.apply(given.beside(x)).reshape(-1, smallest[0], smallest[1], base);
    for (int i = 0; i < layers.size(); i++) {
      int[] size = sizes.get(sizes.size() - 2 - i);
      h = layers.get(i).apply(activation.apply(h), size[0], size[1]);
    }
    return apart(h).reshape(x.shape().with(-1, parameters * image.size()));
  }

  /** Pixels with their parameters side by side → all first parameters, then all second ones. */
  private Tensor apart(Tensor y) {
    int rows = y.dim(0);
    List<Tensor> parts =
        y.split(-1, parameters).stream().map(part -> part.reshape(rows, image.size())).toList();
    return Tensor.concat(-1, parts);
  }
}
