package dev.assay.plugins.flow;

import dev.assay.nn.Activation;
import dev.assay.nn.ParameterStore;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Log-determinants against numeric Jacobians, and inverses, of the layers that papers share. */
final class LayersTest {
  private final TransformCheck check = new TransformCheck();

  @AfterEach
  void close() {
    check.close();
  }

  @Test
  void actNormOfVectors() {
    check.check(Shape.of(5), store -> ActNorm.create(store, 5));
  }

  @Test
  void actNormOfImagesCountsEachPlace() {
    check.check(Shape.of(2, 3, 2), store -> ActNorm.create(store, 2));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 8})
  void invertibleLinearMapsOfVectors(int columns) {
    check.check(Shape.of(columns), store -> InvertibleLinear.identity(store, columns));
  }

  @Test
  void invertibleConvolutionsCountEachPlace() {
    RandomStream random = RandomStream.root(1);
    check.check(Shape.of(2, 2, 3), store -> InvertibleLinear.rotation(store, 3, random));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void couplingsThatKeepEitherPart(boolean lastKept) {
    check.check(Shape.of(5), store -> coupling(store, 5, 0, lastKept));
  }

  @Test
  void couplingsUnderALabel() {
    check.check(Shape.of(3), 2, store -> coupling(store, 3, 2, false));
  }

  private static Transform coupling(
      ParameterStore store, int columns, int classes, boolean lastKept) {
    Domain domain = new Domain(Shape.of(columns), classes);
    return Coupling.create(store, domain, new Sinh(), lastKept, List.of(8), Activation.TANH);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void autoregressiveLayersInEitherOrder(boolean reversed) {
    check.check(Shape.of(4), store -> autoregressive(store, 4, 0, reversed));
  }

  @Test
  void autoregressiveLayersUnderALabel() {
    check.check(Shape.of(3), 2, store -> autoregressive(store, 3, 2, false));
  }

  @Test
  void anAutoregressiveLayerOfOneColumn() {
    check.check(Shape.of(1), store -> autoregressive(store, 1, 0, false));
  }

  private static Transform autoregressive(
      ParameterStore store, int columns, int classes, boolean reversed) {
    Domain domain = new Domain(Shape.of(columns), classes);
    Made made = Made.create(store, domain, List.of(8, 8), Activation.TANH, 1, reversed);
    return new Autoregressive(made, new Sinh());
  }

  @Test
  void chainsAddUpAndInversesSwap() {
    check.check(
        Shape.of(3),
        store ->
            new Chain(
                List.of(
                    ActNorm.create(store.scope("a"), 3),
                    new Inverse(coupling(store.scope("b"), 3, 0, true)),
                    InvertibleLinear.identity(store.scope("c"), 3))));
  }
}
