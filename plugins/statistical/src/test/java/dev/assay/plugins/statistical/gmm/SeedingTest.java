package dev.assay.plugins.statistical.gmm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.tensor.RandomStream;
import java.util.Arrays;
import java.util.Comparator;
import org.junit.jupiter.api.Test;

final class SeedingTest {
  @Test
  void clustersFarApartAreAllFound() {
    // nine clusters of deviation 0.1 on a grid of spacing 10
    RandomStream random = RandomStream.root(1);
    float[] data = new float[2 * 900];
    for (int i = 0; i < 900; i++) {
      data[2 * i] = (float) (10 * (i % 3) + 0.1 * random.nextGaussian());
      data[2 * i + 1] = (float) (10 * (i / 3 % 3) + 0.1 * random.nextGaussian());
    }
    Seeding.Clusters clusters = new Seeding(data, 2, random).best(9, 2, RandomStream.root(2));
    double[][] means = clusters.means();
    Arrays.sort(means, Comparator.comparingDouble(m -> 100 * Math.rint(m[1]) + m[0]));
    for (int k = 0; k < 9; k++) {
      assertThat(means[k][0]).isCloseTo(10 * (k % 3), within(0.05));
      assertThat(means[k][1]).isCloseTo(10 * (k / 3), within(0.05));
    }
    assertThat(clusters.cost()).isCloseTo(2 * 0.01, within(0.004));
    assertThat(clusters.scatter()).containsExactly(new double[] {.01, 0, 0, .01}, within(0.003));
    assertThat(Arrays.stream(clusters.shares()).sum()).isCloseTo(1, within(1e-12));
  }

  @Test
  void asManyClustersAsDifferentPointsCostNothing() {
    float[] data = {1, 1, 2, 2, 5, 5, 5, 9};
    Seeding.Clusters clusters =
        new Seeding(data, 1, RandomStream.root(1)).best(4, 3, RandomStream.root(2));
    assertThat(clusters.cost()).isZero();
  }

  @Test
  void moreClustersThanPointsStillHaveMeansAndShares() {
    Seeding.Clusters clusters =
        new Seeding(new float[] {3, 4}, 1, RandomStream.root(1)).best(5, 1, RandomStream.root(2));
    for (int k = 0; k < 5; k++) {
      assertThat(clusters.means()[k][0]).isBetween(3.0, 4.0);
      assertThat(clusters.shares()[k]).isPositive();
    }
  }
}
