package dev.assay.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class TwoSampleTest {
  private final Points x = Clouds.normal(60, 5, 0, 1);
  private final Points y = Clouds.normal(50, 5, 0.7, 2);

  @Test
  void aSampleIsAtNoDistanceFromItself() {
    assertThat(TwoSample.mmd(x, x).biased()).isCloseTo(0, within(1e-12));
    assertThat(TwoSample.mmd(x, x).uStatistic()).isCloseTo(0, within(1e-12));
    assertThat(TwoSample.energy(x, x).v()).isCloseTo(0, within(1e-12));
  }

  @Test
  void copiesAreEachOthersNeighbours() {
    assertThat(TwoSample.neighbourAccuracy(x, x))
        .isEqualTo(new TwoSample.NeighbourAccuracy(0, 0, 0));
    assertThat(TwoSample.closerToTrain(x, x, y)).containsOnly(1);
    assertThat(TwoSample.closerToTrain(y, x, y)).containsOnly(0);
  }

  @Test
  void farSamplesAreSeparable() {
    Points far = Clouds.normal(50, 5, 1000, 3);
    assertThat(TwoSample.neighbourAccuracy(x, far).accuracy()).isEqualTo(1);
    // The mean distance between them is that of the means, 1000 √5, up to the spread of either.
    double cross = 2 * 1000 * Math.sqrt(5);
    assertThat(TwoSample.energy(x, far).v()).isCloseTo(cross, within(0.01 * cross));
  }

  @Test
  void orderOfThePointsDoesNotMatter() {
    Points otherX = Clouds.reversed(x);
    Points otherY = Clouds.reversed(y);
    assertThat(TwoSample.mmd(otherX, otherY).unbiased())
        .isCloseTo(TwoSample.mmd(x, y).unbiased(), within(1e-12));
    assertThat(TwoSample.energy(otherX, otherY).u())
        .isCloseTo(TwoSample.energy(x, y).u(), within(1e-12));
    assertThat(TwoSample.neighbourAccuracy(otherX, otherY).accuracy())
        .isCloseTo(TwoSample.neighbourAccuracy(x, y).accuracy(), within(1e-12));
    double[] closer = TwoSample.closerToTrain(otherY, otherX, otherX);
    assertThat(closer).containsOnly(0.5);
  }

  @Test
  void swappingTheSamplesDoesNotMatter() {
    assertThat(TwoSample.mmd(y, x).unbiased())
        .isCloseTo(TwoSample.mmd(x, y).unbiased(), within(1e-12));
    assertThat(TwoSample.energy(y, x).u()).isCloseTo(TwoSample.energy(x, y).u(), within(1e-12));
    TwoSample.NeighbourAccuracy there = TwoSample.neighbourAccuracy(x, y);
    TwoSample.NeighbourAccuracy back = TwoSample.neighbourAccuracy(y, x);
    assertThat(back.real()).isEqualTo(there.fake());
    assertThat(back.fake()).isEqualTo(there.real());
  }

  @Test
  void movingEverythingAlikeDoesNotMatter() {
    assertThat(TwoSample.mmd(Clouds.normal(60, 5, 8, 1), Clouds.normal(50, 5, 8.7, 2)).unbiased())
        .isCloseTo(TwoSample.mmd(x, y).unbiased(), within(1e-9));
  }

  @Test
  void theKernelWidthIsTheMedianOfAllPairs() {
    // On the line at 0, 1 | 3, 7 the distances are 1 2 3 4 6 7.
    Points a = Points.of(new double[][] {{0}, {1}});
    Points b = Points.of(new double[][] {{3}, {7}});
    assertThat(TwoSample.mmd(a, b).sigma()).isEqualTo(3.5);
  }

  @Test
  void unbiasedFormsAreZeroOnAverageWhereTheDistributionIsTheSame() {
    int repeats = 200;
    double[] energies = new double[repeats];
    double[] discrepancies = new double[repeats];
    for (int r = 0; r < repeats; r++) {
      Points a = Clouds.normal(20, 2, 0, 1000 + r);
      Points b = Clouds.normal(30, 2, 0, 5000 + r);
      energies[r] = TwoSample.energy(a, b).u();
      discrepancies[r] = TwoSample.mmd(a, b).unbiased();
    }
    assertZeroOnAverage(energies);
    assertZeroOnAverage(discrepancies);
  }

  @Test
  void formsWithAllPairsAreNeverNegative() {
    for (int seed = 0; seed < 20; seed++) {
      Points a = Clouds.normal(7, 3, 0, 100 + seed);
      Points b = Clouds.normal(7, 3, 0, 200 + seed);
      assertThat(TwoSample.energy(a, b).v()).isPositive();
      assertThat(TwoSample.mmd(a, b).biased()).isPositive();
    }
  }

  @Test
  void constantsThatAgreeCannotBeToldApart() {
    Points a = Clouds.constant(10, 3, 2);
    assertThat(TwoSample.mmd(a, a).unbiased()).isZero();
    assertThat(TwoSample.energy(a, a)).isEqualTo(new TwoSample.Energy(0, 0));
    assertThat(TwoSample.closerToTrain(a, a, a)).containsOnly(0.5);
    // Of the 19 others, all equally near, 9 are of the same set.
    assertThat(TwoSample.neighbourAccuracy(a, a).accuracy()).isCloseTo(9 / 19.0, within(1e-15));
  }

  @Test
  void constantsThatDifferAreAsDifferentAsCanBe() {
    Points a = Clouds.constant(40, 3, 2);
    Points b = Clouds.constant(10, 3, 5);
    TwoSample.Mmd mmd = TwoSample.mmd(a, b);
    // Most pairs are equal, so the width is 0: the kernel is 1 within and 0 across.
    assertThat(mmd.sigma()).isZero();
    assertThat(mmd.unbiased()).isEqualTo(2);
    assertThat(mmd.biased()).isEqualTo(2);
    assertThat(TwoSample.energy(a, b).u()).isCloseTo(2 * Math.sqrt(27), within(1e-12));
    assertThat(TwoSample.neighbourAccuracy(a, b).accuracy()).isEqualTo(1);
  }

  @Test
  void onePointOfEachHasTheFormsWithAllPairsOnly() {
    Points a = Points.of(new double[][] {{0}});
    Points b = Points.of(new double[][] {{3}});
    assertThat(TwoSample.energy(a, b).v()).isEqualTo(6);
    assertThat(TwoSample.energy(a, b).u()).isNaN();
    // σ is the only distance: 2 − 2 exp(−½).
    assertThat(TwoSample.mmd(a, b).biased()).isCloseTo(2 - 2 * Math.exp(-0.5), within(1e-15));
    assertThat(TwoSample.neighbourAccuracy(a, b).accuracy()).isZero();
  }

  private static void assertZeroOnAverage(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double variance =
        Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
    assertThat(mean).isCloseTo(0, within(4 * Math.sqrt(variance / values.length)));
  }
}
