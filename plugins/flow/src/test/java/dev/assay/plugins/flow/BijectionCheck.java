package dev.assay.plugins.flow;

import dev.assay.nn.Activation;
import dev.assay.nn.ParameterStore;
import dev.assay.tensor.Shape;
import java.util.List;
import java.util.function.Function;

/** Checks a bijection in both kinds of layer that use one. */
public final class BijectionCheck {
  private BijectionCheck() {}

  /**
   * @param moved how many columns the bijection is made for
   * @param bijection made in a store
   */
  public static void check(int moved, Function<ParameterStore, Bijection> bijection) {
    Domain domain = new Domain(Shape.of(2 * moved), 0);
    try (TransformCheck check = new TransformCheck()) {
      check.check(
          domain.item(),
          store ->
              Coupling.create(
                  store.scope("coupling"),
                  domain,
                  bijection.apply(store),
                  false,
                  List.of(8),
                  Activation.TANH));
    }
    Domain small = new Domain(Shape.of(moved), 0);
    try (TransformCheck check = new TransformCheck()) {
      check.check(
          small.item(),
          store -> {
            Bijection made = bijection.apply(store);
            return new Autoregressive(
                Made.create(
                    store.scope("made"),
                    small,
                    List.of(8),
                    Activation.TANH,
                    made.parameters(),
                    false),
                made);
          });
    }
  }
}
