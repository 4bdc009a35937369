package dev.assay.metrics.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.metrics.Points;
import dev.assay.tensor.RandomStream;
import org.junit.jupiter.api.Test;

final class DistributionTest {
  private static final Points X = cloud(40, 3, 0, 1);
  private static final Points Y = cloud(30, 3, 1, 2);

  @Test
  void theFrechetDistanceOfDiagonalGaussiansIsThatOfTheirDeviations() {
    // |μ₁ − μ₂|² + Σ (σ₁ − σ₂)² = 25 + (2 − 1)² + (3 − 5)².
    Gaussian first = Gaussian.of(new double[] {0, 0}, new double[][] {{4, 0}, {0, 9}});
    Gaussian second = Gaussian.of(new double[] {3, 4}, new double[][] {{1, 0}, {0, 25}});
    assertThat(Frechet.distance(first, second)).isCloseTo(30, within(1e-12));
  }

  @Test
  void theFrechetDistanceIsSymmetricAndZeroOnlyForEqualMoments() {
    assertThat(Frechet.distance(X, Y)).isCloseTo(Frechet.distance(Y, X), within(1e-10));
    assertThat(Frechet.distance(X, X)).isCloseTo(0, within(1e-10));
    assertThat(Frechet.distance(X, Y)).isGreaterThan(1);
  }

  @Test
  void constantPointsAreAsFarApartAsTheirMeans() {
    Points here = Points.of(new double[][] {{1, 1}, {1, 1}, {1, 1}});
    Points there = Points.of(new double[][] {{4, 5}, {4, 5}});
    assertThat(Frechet.distance(here, there)).isCloseTo(25, within(1e-12));
  }

  @Test
  void fewerPointsThanCoordinatesGiveTheDistanceOfTheLineTheyLieOn() {
    // Both on the first axis of five, so the distance is that of the line: (0)² + (1 − 3)².
    Points narrow = Points.of(new double[][] {{-1, 0, 0, 0, 0}, {0, 0, 0, 0, 0}, {1, 0, 0, 0, 0}});
    Points wide = Points.of(new double[][] {{-3, 0, 0, 0, 0}, {0, 0, 0, 0, 0}, {3, 0, 0, 0, 0}});
    assertThat(Frechet.distance(narrow, wide)).isCloseTo(4, within(1e-12));
  }

  @Test
  void extrapolationFindsTheLimitOfAnExactLine() {
    double[] counts = {10, 20, 50};
    double[] distances = {3 + 70.0 / 10, 3 + 70.0 / 20, 3 + 70.0 / 50};
    Frechet.Extrapolation line = Frechet.extrapolate(counts, distances);
    assertThat(line.limit()).isCloseTo(3, within(1e-12));
    assertThat(line.slope()).isCloseTo(70, within(1e-10));
  }

  @Test
  void confidentBalancedClassesScoreTheirNumberAndEqualOnesScoreOne() {
    double[][] confident = {{900, 0, 0}, {0, 900, 0}, {0, 0, 900}};
    assertThat(InceptionScore.of(confident, 1).mean()).isCloseTo(3, within(1e-12));
    double[][] equal = {{1, 2}, {1, 2}, {1, 2}, {1, 2}};
    assertThat(InceptionScore.of(equal, 2)).isEqualTo(new InceptionScore(1, 0));
  }

  @Test
  void theKernelDiscrepancyOfASampleWithItselfIsZeroWhereAllPairsCount() {
    assertThat(Kernel.polynomial(X, X).biased()).isCloseTo(0, within(1e-12));
    assertThat(Kernel.polynomial(X, Y).unbiased())
        .isCloseTo(Kernel.polynomial(Y, X).unbiased(), within(1e-9));
  }

  @Test
  void aSampleCoversItselfButNotOneFarAway() {
    Manifolds self = Manifolds.compare(X, X, 3, Manifolds.Boundary.STRICT);
    assertThat(self.precision()).isEqualTo(1);
    assertThat(self.recall()).isEqualTo(1);
    assertThat(self.coverage()).isEqualTo(1);
    Manifolds apart = Manifolds.compare(X, cloud(40, 3, 50, 3), 3, Manifolds.Boundary.CLOSED);
    assertThat(apart).isEqualTo(new Manifolds(0, 0, 0, 0));
  }

  @Test
  void whatCannotBeComputedIsRefusedWithItsReason() {
    Points one = Points.of(new double[][] {{1, 2, 3}});
    Points plane = Points.of(new double[][] {{1, 2}, {3, 4}});
    assertThatThrownBy(() -> Frechet.distance(one, X)).hasMessageContaining("needs 2 points");
    assertThatThrownBy(() -> Frechet.distance(plane, X)).hasMessageContaining("of 2 coordinates");
    assertThatThrownBy(() -> Kernel.polynomial(plane, X)).hasMessageContaining("of 2 coordinates");
    assertThatThrownBy(() -> Manifolds.compare(X, Y, 30, Manifolds.Boundary.STRICT))
        .hasMessage("neighbours: 30; from 1 to 29 with 40 real and 30 fake points");
    assertThatThrownBy(() -> InceptionScore.of(new double[2][2], 3))
        .hasMessage("splits: 3; from 1 to the 2 images");
    assertThatThrownBy(() -> Frechet.extrapolate(new double[] {5, 5}, new double[] {1, 2}))
        .hasMessageContaining("2 different counts");
    assertThatThrownBy(() -> Gaussian.of(new double[1], new double[2][2]))
        .hasMessage("a mean of 1 coordinates with a covariance of 2 × 2");
  }

  private static Points cloud(int rows, int width, double shift, long seed) {
    RandomStream random = RandomStream.root(seed);
    double[] data = new double[rows * width];
    for (int i = 0; i < data.length; i++) {
      data[i] = random.nextGaussian() + shift;
    }
    return new Points(rows, width, data);
  }
}
