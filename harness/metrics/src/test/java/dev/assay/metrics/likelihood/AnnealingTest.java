package dev.assay.metrics.likelihood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.metrics.reference.LinearGaussian;
import dev.assay.spi.LatentLikelihood.Slope;
import dev.assay.tensor.RandomStream;
import java.util.Arrays;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Against a model whose likelihood is known: x = Wz + μ + noise. */
final class AnnealingTest {
  private static final int CHAINS = 64;
  private static final double[][] W = {{2, 0.5}, {-1, 1}, {0.3, -2}, {1, 1}};
  private static final double[] MEAN = {1, 0, -1, 0.5};
  private static final double VARIANCE = 0.05;
  private static final double[] X = {3, -1.5, 1.2, 1.7};
  private static final LinearGaussian MODEL = new LinearGaussian(W, MEAN, VARIANCE);

  private static Function<float[], Slope> likelihood(int chains) {
    return z -> {
      double[] values = new double[chains];
      float[] gradients = new float[z.length];
      for (int i = 0; i < chains; i++) {
        for (int d = 0; d < X.length; d++) {
          double rest = X[d] - MEAN[d] - W[d][0] * z[2 * i] - W[d][1] * z[2 * i + 1];
          values[i] -= rest * rest / (2 * VARIANCE) + Math.log(2 * Math.PI * VARIANCE) / 2;
          gradients[2 * i] += (float) (W[d][0] * rest / VARIANCE);
          gradients[2 * i + 1] += (float) (W[d][1] * rest / VARIANCE);
        }
      }
      return new Slope(values, gradients);
    };
  }

  private static double estimate(int temperatures, int seed) {
    double[] weights =
        new Annealing(CHAINS, 2, temperatures)
            .logWeights(likelihood(CHAINS), RandomStream.root(seed));
    return Weights.logMean(weights);
  }

  @Test
  void theEstimateIsTheLikelihoodWhereChainsAreLongEnough() {
    double exact = MODEL.logLikelihood(X);
    for (int seed = 0; seed < 3; seed++) {
      assertThat(estimate(300, seed)).isCloseTo(exact, within(0.15));
    }
  }

  @Test
  void withOneStepItIsTheMeanOverThePriorAndFarBelow() {
    double few =
        Arrays.stream(new int[] {1, 2, 3}).mapToDouble(s -> estimate(1, s)).average().orElseThrow();
    assertThat(few).isLessThan(MODEL.logLikelihood(X) - 0.5);
  }

  @Test
  void aChainDependsOnNoOther() {
    double[] many = new Annealing(5, 2, 20).logWeights(likelihood(5), RandomStream.root(9));
    double[] fewer = new Annealing(2, 2, 20).logWeights(likelihood(2), RandomStream.root(9));
    assertThat(Arrays.copyOf(many, 2)).containsExactly(fewer);
  }
}
