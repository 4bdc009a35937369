package dev.assay.plugins.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.nn.Activation;
import dev.assay.nn.ParameterStore;
import dev.assay.tensor.Backend;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.testkit.Backends;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Log-determinants against numeric Jacobians, and inverses, of the layers of images. */
final class ImageLayersTest {
  private final TransformCheck check = new TransformCheck();

  @AfterEach
  void close() {
    check.close();
  }

  @Test
  void logitsOfIntensities() {
    // Points of the check lie within ±2, so half of four levels on either side.
    check.check(Shape.of(5), _ -> new Chain(List.of(new Shift(4), new Logit(8))));
  }

  @Test
  void squeezes() {
    check.check(Shape.of(4, 2, 2), _ -> new Squeeze());
  }

  /** Figure 3 of Dinh et al. 2016: the four places of a square become the channels of one place. */
  @Test
  void aSqueezePutsEachSquareIntoOnePlace() {
    Tensor image = Tensor.constant(new float[] {1, 2, 5, 6, 3, 4, 7, 8}, Shape.of(1, 2, 4, 1));
    Tensor squeezed = new Squeeze().forward(image, Condition.none()).value();
    assertThat(squeezed.shape()).isEqualTo(Shape.of(1, 1, 2, 4));
    float[] values = new float[8];
    try (Backend backend = Backends.open(1);
        Program program = backend.compile(Graph.builder().output("z", squeezed).build())) {
      program.run();
      program.get("z", values);
    }
    assertThat(values).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void channelCouplingsThatKeepEitherHalf(boolean lastKept) {
    check.check(Shape.of(2, 2, 4), store -> coupling(store, 4, 0, lastKept));
  }

  @Test
  void channelCouplingsUnderALabel() {
    check.check(Shape.of(2, 3, 2), 2, store -> coupling(store, 2, 2, false));
  }

  private static Transform coupling(
      ParameterStore store, int channels, int classes, boolean lastKept) {
    ConvolutionalNetwork network =
        ConvolutionalNetwork.create(
            store, channels / 2 + classes, 4, 1, channels / 2, Activation.TANH);
    return new ChannelCoupling(network, new Sinh(), lastKept);
  }

  @Test
  void scalesOfWhichHalfLeavesAndTheLastMayHaveNoSqueeze() {
    check.check(
        Shape.of(16),
        store ->
            new MultiScale(
                Shape.of(4, 4, 1),
                List.of(
                    new MultiScale.Scale(
                        new Chain(List.of(new Squeeze(), ActNorm.create(store.scope("a"), 4))),
                        true,
                        new MultiScale.Unchanged()),
                    new MultiScale.Scale(
                        new Chain(List.of(new Squeeze(), coupling(store.scope("b"), 8, 0, true))),
                        true,
                        new MultiScale.Unchanged()),
                    new MultiScale.Scale(
                        ActNorm.create(store.scope("c"), 4), false, new MultiScale.Unchanged()))));
  }
}
