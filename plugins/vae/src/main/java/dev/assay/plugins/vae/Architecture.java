package dev.assay.plugins.vae;

import dev.assay.nn.Activation;
import dev.assay.nn.Initializer;
import dev.assay.nn.Mlp;
import dev.assay.nn.ParameterStore;
import dev.assay.spi.Modality;
import dev.assay.spi.Param;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The form of an encoder and its mirror, the decoder. */
public record Architecture(
    @Param(doc = "Networks: mlp, or conv for images.", value = "mlp") Kind network,
    @Param(
            doc =
                "Of mlp: widths of the hidden layers, encoder first to last; the decoder mirrors"
                    + " them.",
            value = "[200]",
            min = 1,
            max = 65536)
        List<Integer> hidden,
    @Param(
            doc =
                "Of conv: channels of the convolutions, each of which halves the image, encoder"
                    + " first to last; the decoder mirrors them.",
            value = "[32, 64]",
            min = 1,
            max = 4096)
        List<Integer> channels,
    @Param(doc = "Nonlinearity of the hidden layers.", value = "tanh") Activation activation) {
  /** Networks by the names of a configuration. */
  public enum Kind {
    /** Fully connected layers. */
    MLP,
    /** Convolutions of stride 2, and one fully connected layer. */
    CONV
  }

  /**
   * From an example to {@code out} numbers.
   *
   * @param beside numbers of the condition
   */
  public Coder encoder(ParameterStore store, Modality x, int beside, int out) {
    if (network == Kind.CONV) {
      return ConvEncoder.create(store, (Modality.Image) x, this, beside, out);
    }
    List<Integer> widths = new ArrayList<>(List.of(Items.shape(x).size() + beside));
    widths.addAll(hidden);
    widths.add(out);
    return dense(store, widths);
  }

  /**
   * From {@code in} numbers to {@code parameters} numbers for each of an example's.
   *
   * @param beside numbers of the condition
   */
  public Coder decoder(ParameterStore store, Modality x, int beside, int in, int parameters) {
    if (network == Kind.CONV) {
      return ConvDecoder.create(store, (Modality.Image) x, this, in + beside, parameters);
    }
    List<Integer> widths = new ArrayList<>(hidden);
    Collections.reverse(widths);
    widths.add(0, in + beside);
    widths.add(parameters * Items.shape(x).size());
    return dense(store, widths);
  }

  private Coder dense(ParameterStore store, List<Integer> widths) {
    Mlp mlp = Mlp.create(store, widths, activation, Initializer.glorotUniform());
    return (x, given) -> mlp.apply(given.beside(x));
  }
}
