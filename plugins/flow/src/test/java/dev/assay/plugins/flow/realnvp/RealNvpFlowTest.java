package dev.assay.plugins.flow.realnvp;

import dev.assay.nn.Activation;
import dev.assay.plugins.flow.ConvolutionalNetwork;
import dev.assay.plugins.flow.Domain;
import dev.assay.plugins.flow.TransformCheck;
import dev.assay.spi.Configs;
import dev.assay.tensor.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Log-determinants against numeric Jacobians, and inverses, of layers and whole flows. */
final class RealNvpFlowTest {
  private static final RealNvpConfig CONFIG =
      Configs.bind(
          RealNvpConfig.class,
          Map.of(
              "couplings", 3,
              "hidden", List.of(8),
              "channels", 4,
              "blocks", 1,
              "activation", "tanh"));

  private final TransformCheck check = new TransformCheck();

  @AfterEach
  void close() {
    check.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void checkerboardCouplingsThatKeepEitherColour(boolean oddKept) {
    check.check(
        Shape.of(2, 3, 2),
        store ->
            new CheckerboardCoupling(
                ConvolutionalNetwork.create(store, 2, 4, 1, 4, Activation.TANH),
                Affine.create(store, 2),
                oddKept));
  }

  @Test
  void theFlowOfTables() {
    Domain domain = new Domain(Shape.of(3), 2);
    check.check(domain.item(), 2, store -> TableFlow.create(CONFIG, domain, store).transform());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void theFlowOfSquareImages(int side) {
    Domain domain = new Domain(Shape.of(side, side, 1), 0);
    check.check(
        Shape.of(domain.size()), store -> ImageFlow.create(CONFIG, domain, store).transform());
  }

  @Test
  void theFlowOfImagesThatCannotBeSqueezedUnderALabel() {
    Domain domain = new Domain(Shape.of(1, 3, 2), 2);
    check.check(Shape.of(6), 2, store -> ImageFlow.create(CONFIG, domain, store).transform());
  }
}
