package dev.assay.plugins.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.tensor.Backend;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.testkit.Backends;
import org.junit.jupiter.api.Test;

/** Golden case {@code ppca_elbo_iwae}: p(x | z) = N(W z + μ, s² I) and q(z | x) = N(m, sd²). */
final class PosteriorTest {
  private static final Tensor W =
      Tensor.constant(
          new float[] {-1.204f, 0.928f, -0.263f, 1.531f, -0.205f, 0.166f, -1.431f, -0.538f},
          Shape.of(2, 4));
  private static final Tensor MU =
      Tensor.constant(new float[] {-1.055f, -0.005f, -0.295f, -1.273f}, Shape.of(4));
  private static final Tensor X =
      Tensor.constant(new float[] {-1.061f, -0.745f, -0.138f, -1.845f}, Shape.of(1, 4));
  private static final Tensor NOISE =
      Tensor.constant(
          new float[] {
            -0.247f, 0.021f, 0.753f, 0.576f, 0.202f, 0.899f, -1.116f, 0.162f, -0.294f, 0.021f
          },
          Shape.of(5, 2));

  private final Posterior posterior =
      new Posterior(
          Tensor.constant(new float[] {0.724f, -0.186f}, Shape.of(1, 2)),
          Tensor.constant(
              new float[] {(float) (2 * Math.log(0.335)), (float) (2 * Math.log(0.743))},
              Shape.of(1, 2)));

  private static Tensor logLikelihood(Tensor z) {
    Tensor mean = z.matmul(W).add(MU);
    Tensor logDeviation = Tensor.fill((float) Math.log(Math.sqrt(0.4)), mean.shape());
    Tensor p = Tensor.concat(-1, mean, logDeviation);
    return new Likelihood.Gaussian().logProbability(p, X);
  }

  @Test
  void weightsOfGivenNoiseAreTheGoldenOnes() {
    Tensor weights = logLikelihood(posterior.draw(NOISE)).add(posterior.logRatio(NOISE));
    float[] expected = {-9.6188002f, -14.1109742f, -11.9247874f, -5.9165444f, -9.4151848f};
    assertThat(values(weights, 5)).containsExactly(expected, within(1e-4f));
  }

  @Test
  void theDivergenceIsTheGoldenOne() {
    assertThat(values(posterior.divergence(), 1)[0]).isCloseTo(1.0022070f, within(1e-5f));
  }

  private static float[] values(Tensor tensor, int count) {
    try (Backend backend = Backends.open(1);
        Program program = backend.compile(Graph.builder().output("y", tensor).build())) {
      program.run();
      float[] values = new float[count];
      program.get("y", values);
      return values;
    }
  }
}
