package dev.assay.nn;

import dev.assay.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Linear layers with a nonlinearity between each two.
 *
 * @param layers at least one
 */
public record Mlp(List<Linear> layers, Activation activation) {
  public Mlp {
    layers = List.copyOf(layers);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("an MLP has at least one layer");
    }
  }

  /**
   * Layers 0, 1, … under the store's scope, biases zero.
   *
   * @param widths input, hidden, and output widths: at least two
   * @param weight how weights are drawn
   */
  public static Mlp create(
      ParameterStore store, List<Integer> widths, Activation activation, Initializer weight) {
    List<Linear> layers = new ArrayList<>();
    for (int i = 0; i + 1 < widths.size(); i++) {
      layers.add(
          Linear.create(
              store.scope(i), widths.get(i), widths.get(i + 1), weight, Initializer.zeros()));
    }
    return new Mlp(layers, activation);
  }

  /** x [.., in] → [.., out]. */
  public Tensor apply(Tensor x) {
    return apply(x, Dropout.none());
  }

  /** x [.., in] → [.., out], with dropout after each nonlinearity. */
  public Tensor apply(Tensor x, Dropout dropout) {
    Tensor h = layers.get(0).apply(x);
    for (int i = 1; i < layers.size(); i++) {
      h = dropout.child("hidden" + i).apply(activation.apply(h));
      h = layers.get(i).apply(h);
    }
    return h;
  }
}
