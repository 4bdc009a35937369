package dev.assay.plugins.gan.game;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.tensor.Backend;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.testkit.Backends;
import org.junit.jupiter.api.Test;

/** Losses by hand, from the critic's numbers for two real and two generated examples. */
final class LossTest {
  private static final double LN_2 = Math.log(2);
  private static final double LN_3 = Math.log(3);

  /** D of the real ones is ½ and ¾, of the generated ones ½ and ¼. */
  @Test
  void theLogisticGameIsThatOfProbabilities() {
    double[] real = {0, LN_3};
    double[] fake = {0, -LN_3};
    double certain = (LN_2 + Math.log(4 / 3.0)) / 2;
    check(Loss.NON_SATURATING, real, fake, 2 * certain, (LN_2 + Math.log(4)) / 2);
  }

  @Test
  void theWassersteinGameIsADifferenceOfMeans() {
    check(Loss.WASSERSTEIN, new double[] {1, 3}, new double[] {-2, 0}, -3, 1);
  }

  /** max(0, 1 − x) is ½ and 0 of the real ones, max(0, 1 + x) is 0 and 2 of the generated ones. */
  @Test
  void theHingeCountsNothingBeyondItsMargin() {
    check(Loss.HINGE, new double[] {0.5, 2}, new double[] {-3, 1}, 1.25, 1);
  }

  private static void check(
      Loss loss, double[] real, double[] fake, double critic, double generator) {
    Graph graph =
        Graph.builder()
            .output("critic", loss.critic(numbers(real), numbers(fake)))
            .output("generator", loss.generator(numbers(fake)))
            .build();
    try (Backend backend = Backends.open(1);
        Program program = backend.compile(graph)) {
      program.run();
      assertThat((double) program.scalar("critic")).isCloseTo(critic, within(1e-6));
      assertThat((double) program.scalar("generator")).isCloseTo(generator, within(1e-6));
    }
  }

  private static Tensor numbers(double[] values) {
    return Tensor.constant(new float[] {(float) values[0], (float) values[1]}, Shape.of(2));
  }
}
