package dev.assay.plugins.gan.network;

import dev.assay.nn.Activation;
import dev.assay.nn.Initializer;
import dev.assay.nn.Mlp;
import dev.assay.nn.ParameterStore;
import dev.assay.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Fully connected players, for tables and small images. */
public final class Perceptrons {
  private Perceptrons() {}

  /**
   * z [n, latent] → [n, item..]; hidden layers are ReLU.
   *
   * @param hidden widths of the hidden layers
   */
  public static Generator generator(
      ParameterStore store, int latent, List<Integer> hidden, Shape item) {
    Mlp mlp = mlp(store, latent, hidden, item.size(), Activation.RELU);
    return (z, _, _) -> mlp.apply(z).reshape(item.insert(0, z.dim(0)));
  }

  /**
   * x [n, ..], {@code in} numbers in each → [n]; hidden layers are leaky ReLU.
   *
   * @param hidden widths of the hidden layers
   */
  public static Critic critic(ParameterStore store, int in, List<Integer> hidden) {
    Mlp mlp = mlp(store, in, hidden, 1, Activation.LEAKY_RELU);
    return (x, _, _) -> mlp.apply(x.reshape(x.dim(0), in)).reshape(x.dim(0));
  }

  private static Mlp mlp(
      ParameterStore store, int in, List<Integer> hidden, int out, Activation activation) {
    List<Integer> widths = new ArrayList<>(List.of(in));
    widths.addAll(hidden);
    widths.add(out);
    return Mlp.create(store, widths, activation, Initializer.heNormal());
  }
}
