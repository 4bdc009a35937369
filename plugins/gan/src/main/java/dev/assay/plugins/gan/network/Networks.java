package dev.assay.plugins.gan.network;

import dev.assay.nn.ParameterStore;
import dev.assay.spi.Modality;
import java.util.List;

/**
 * Players for images, which are convolutional, and for tables, which are not.
 *
 * @param x images or a table
 * @param latent numbers in z
 * @param width of images: channels at full size
 * @param hidden of tables: widths of the hidden layers
 * @param criticNorm of images
 */
public record Networks(
    Modality x, int latent, int width, List<Integer> hidden, CriticNorm criticNorm) {
  public Networks {
    hidden = List.copyOf(hidden);
  }

  public Generator generator(ParameterStore store) {
    DataForm form = DataForm.of(x);
    Generator generator =
        x instanceof Modality.Image image
            ? ConvGenerator.create(store, image, latent, width)
            : Perceptrons.generator(store, latent, hidden, form.item());
    return generator.within(form);
  }

  public Critic critic(ParameterStore store) {
    return x instanceof Modality.Image image
        ? ConvCritic.create(store, image, width, criticNorm)
        : Perceptrons.critic(store, DataForm.of(x).item().size(), hidden);
  }
}
