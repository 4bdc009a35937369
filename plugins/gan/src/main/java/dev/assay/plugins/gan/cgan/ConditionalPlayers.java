package dev.assay.plugins.gan.cgan;

import dev.assay.nn.ParameterStore;
import dev.assay.plugins.gan.network.Critic;
import dev.assay.plugins.gan.network.Generator;
import dev.assay.plugins.gan.network.Perceptrons;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;
import java.util.List;

/** Players that see y beside z or x, as one of {@code classes} in one-hot code. §3.2, figure 1. */
final class ConditionalPlayers {
  private ConditionalPlayers() {}

  /** G(z | y). */
  static Generator generator(
      ParameterStore store, int latent, int classes, List<Integer> hidden, Shape item) {
    Generator plain = Perceptrons.generator(store, latent + classes, hidden, item);
    return (z, y, pass) -> plain.apply(joined(z, y, classes), y, pass);
  }

  /** D(x | y). */
  static Critic discriminator(ParameterStore store, Shape item, int classes, List<Integer> hidden) {
    Critic plain = Perceptrons.critic(store, item.size() + classes, hidden);
    return (x, y, pass) -> plain.apply(joined(x.reshape(x.dim(0), -1), y, classes), y, pass);
  }

  /** v [n, width], y I32 [n] → [n, width + classes]. */
  private static Tensor joined(Tensor v, Tensor y, int classes) {
    return Tensor.concat(1, v, Tensors.oneHot(y, classes));
  }
}
