package dev.assay.plugins.statistical.ppca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class SubspaceTest {
  private static final double[][] W = {
    {-1.204, -0.205}, {0.928, 0.166}, {-0.263, -1.431}, {1.531, -0.538}
  };

  @Test
  void theLogDensityIsThatOfTheGoldenCase() {
    // Golden case ppca_elbo_iwae: log p(x) of z ~ N(0, I), x | z ~ N(W z + mu, 0.4 I). The
    // eigenvalues of W Wᵀ + 0.4 I below the second are exactly the noise.
    double[] mean = {-1.055, -0.005, -0.295, -1.273};
    Subspace subspace = Subspace.fit(mean, covariance(0.4), 2, 0);
    float[] x = {-1.061f, -0.745f, -0.138f, -1.845f};
    assertThat(subspace.noise()).isCloseTo(0.4, within(1e-12));
    assertThat(-0.5 * (subspace.logNormaliser() + subspace.squaredDistance(x, 0)))
        // the data reach the model as float32
        .isCloseTo(-4.5936474235319125, within(1e-6));
  }

  @Test
  void noiseIsTheMeanOfTheEigenvaluesLeftOut() {
    double[] diagonal = {9, 0, 0, 0, 4, 0, 0, 0, 1};
    Subspace subspace = Subspace.fit(new double[3], diagonal, 1, 0);
    assertThat(subspace.variances()).containsExactly(new double[] {9}, within(1e-12));
    assertThat(subspace.noise()).isCloseTo(2.5, within(1e-12));
  }

  private static double[] covariance(double noise) {
    double[] covariance = new double[16];
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        covariance[4 * i + j] = W[i][0] * W[j][0] + W[i][1] * W[j][1] + (i == j ? noise : 0);
      }
    }
    return covariance;
  }
}
