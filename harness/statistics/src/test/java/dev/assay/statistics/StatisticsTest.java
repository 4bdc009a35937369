package dev.assay.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class StatisticsTest {
  private static final Offset<Double> EXACT = within(1e-12);

  private static IntUnaryOperator draw(long seed) {
    return new Random(seed)::nextInt;
  }

  @Test
  void theInterquartileMeanDropsAQuarterAtEachEnd() {
    assertThat(Descriptive.iqm(100, 2, 4, -50)).isEqualTo(3);
    assertThat(Descriptive.iqm(1, 2, 9)).isEqualTo(4);
    assertThat(Descriptive.iqm(9, 8, 7, 6, 5, 4, 3, 2)).isEqualTo(5.5);
  }

  @Test
  void quantilesInterpolate() {
    double[] sorted = {1, 2, 3, 4};
    assertThat(Descriptive.quantile(sorted, 0.5)).isEqualTo(2.5);
    assertThat(Descriptive.quantile(sorted, 0.025)).isCloseTo(1.075, EXACT);
    assertThat(Descriptive.quantile(new double[0], 0.5)).isNaN();
    assertThat(Descriptive.median(3, 1, 2)).isEqualTo(2);
  }

  @Test
  void studentsIntervalHasTheTabulatedQuantiles() {
    // Mean 2, deviation 1; t(.975, 2) = 4.302652729911275.
    Interval interval = Interval.student(0.95, 1, 2, 3);
    assertThat(interval.low()).isCloseTo(2 - 4.302652729911275 / Math.sqrt(3), within(1e-9));
    assertThat(interval.high()).isCloseTo(2 + 4.302652729911275 / Math.sqrt(3), within(1e-9));
    assertThatThrownBy(() -> Interval.student(0.95, 1)).hasMessageContaining("two values");
  }

  @Test
  void theErrorBehindANormalIntervalIsItsWidthOverTwice196() {
    assertThat(new Interval(-1.959963984540054, 1.959963984540054).normalError(0.95))
        .isCloseTo(1, EXACT);
  }

  @Test
  void studentsPairedTestHasTheClosedFormForTwoDegreesOfFreedom() {
    // Differences 1, 2, 3: t = 2 / (1 / √3); for 2 degrees P(|T| > t) = 1 − t / √(2 + t²).
    PairedTests.T test = PairedTests.t(new double[] {1, 2, 3});
    double t = 2 * Math.sqrt(3);
    assertThat(test.statistic()).isCloseTo(t, EXACT);
    assertThat(test.p()).isCloseTo(1 - t / Math.sqrt(2 + t * t), EXACT);
    assertThat(PairedTests.t(new double[] {0, 0}).p()).isEqualTo(1);
    assertThat(PairedTests.t(new double[] {2, 2}).p()).isZero();
  }

  @Test
  void signFlipsCountPatternsByHand() {
    // Of the 8 patterns of 1, 2, 3, only +++ and −−− reach a sum of 6.
    assertThat(PairedTests.signFlip(new double[] {1, 2, 3})).isEqualTo(2 / 8.0);
    // |±1 ±2 −3| ≥ |1 + 2 − 3| = 0 always.
    assertThat(PairedTests.signFlip(new double[] {1, 2, -3})).isEqualTo(1);
  }

  @Test
  void randomSignFlipsAgreeWithAllOfThem() {
    double[] differences = {0.3, -0.2, 0.9, 0.4, 0.1, -0.6, 0.8, 0.7};
    double all = PairedTests.signFlip(differences);
    assertThat(PairedTests.signFlip(differences, draw(1))).isCloseTo(all, within(0.015));
  }

  @Test
  void wilcoxonIsExactForFewPairs() {
    // Ranks 1 … 4 all positive: P = 2 / 16.
    assertThat(PairedTests.wilcoxon(new double[] {1, 2, 3, 4})).isCloseTo(0.125, EXACT);
  }

  @Test
  void holmStepsDownAndNeverDecreases() {
    assertThat(Holm.adjust(0.01, 0.04, 0.03))
        .containsExactly(new double[] {0.03, 0.06, 0.06}, EXACT);
    assertThat(Holm.adjust(0.6, 0.7)).containsExactly(new double[] {1, 1}, EXACT);
    assertThat(Holm.adjust()).isEmpty();
  }

  @Test
  void probabilityOfImprovementCountsTiesAsHalf() {
    assertThat(Comparisons.probabilityOfImprovement(new double[] {1, 2}, new double[] {1, 0}))
        .isEqualTo(3.5 / 4);
  }

  @Test
  void aProfileFallsFromAllToNoneAndAFailedRunIsNeverAbove() {
    double[] profile =
        Comparisons.profile(
            new double[] {1, 2, Double.NEGATIVE_INFINITY, 4}, new double[] {-9, 1, 3, 5});
    assertThat(profile).containsExactly(0.75, 0.5, 0.25, 0);
  }

  @Test
  void friedmanIsZeroForEqualRanksAndLargestForPerfectAgreement() {
    // Perfect agreement: n (k − 1).
    double[][] agreed = {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}, {1, 5, 9}};
    assertThat(Comparisons.friedman(agreed)).isCloseTo(8, EXACT);
    assertThat(Comparisons.averageRanks(agreed)).containsExactly(1, 2, 3);
    assertThat(Comparisons.friedman(new double[][] {{1, 2}, {2, 1}})).isCloseTo(0, EXACT);
    assertThat(Comparisons.ranks(new double[] {5, 1, 5})).containsExactly(2.5, 1, 2.5);
  }

  @Test
  void theBootstrapOfAMeanHasTheNormalLimit() {
    double[] x = new Random(3).doubles(400).toArray();
    double error = Descriptive.deviation(x) / 20;
    Interval interval = Bootstrap.of(x, Descriptive::mean, draw(4));
    assertThat(interval.low()).isCloseTo(Descriptive.mean(x) - 1.96 * error, within(error / 4));
    assertThat(interval.high()).isCloseTo(Descriptive.mean(x) + 1.96 * error, within(error / 4));
  }

  @Test
  void itemsOfOneTestSetDoNotAverageOutOverSeeds() {
    // Every seed has the same item scores: the error is that of 50 items, not of 50 × 20.
    double[] items = new Random(5).doubles(50).toArray();
    double[][] scores = new double[20][];
    Arrays.fill(scores, items);
    double error = Descriptive.deviation(items) / Math.sqrt(50);
    Interval interval = Bootstrap.seedsThenItems(scores, draw(6));
    assertThat(interval.normalError(0.95)).isCloseTo(error, within(error / 8));
  }

  @Test
  void strataAreResampledWithinThemselves() {
    // Two constant strata: however they are resampled, the pooled mean is (3 · 1 + 1 · 5) / 4.
    Interval interval =
        Bootstrap.stratified(new double[][] {{1, 1, 1}, {5}}, Descriptive::mean, draw(6));
    assertThat(interval).isEqualTo(new Interval(2, 2));
  }

  @Test
  void welchsDifferenceHasTheFreedomOfTheSmallerVariancesShare() {
    // Variances 1 and 4 of 3 values each: (1/3 + 4/3)² / ((1/9 + 16/9) / 2) = 50 / 17.
    Estimate estimate = Estimate.ofDifference(new double[] {4, 5, 6}, new double[] {0, 2, 4});
    assertThat(estimate.value()).isCloseTo(3, EXACT);
    assertThat(estimate.error()).isCloseTo(Math.sqrt(5 / 3.0), EXACT);
    assertThat(estimate.freedom()).isCloseTo(50 / 17.0, EXACT);
  }

  @Test
  void anEstimateWithoutErrorIsCertain() {
    assertThat(Estimate.ofMean(2, 2).pOfNotAbove()).isZero();
    assertThat(Estimate.ofMean(2, 2).pOfNotBelow()).isEqualTo(1);
    assertThat(Estimate.ofMean(0, 0).pOfZero()).isEqualTo(1);
    assertThat(Estimate.normal(1.959963984540054, 1).pOfZero()).isCloseTo(0.05, EXACT);
  }

  @Test
  void nestedResamplingSeesTheVarianceBetweenGroups() {
    // Group means deviate by 1, values within by 0: the error of the mean of 25 groups is .2.
    Random random = new Random(7);
    double[][] groups = new double[25][];
    double[] means = new double[25];
    for (int g = 0; g < 25; g++) {
      means[g] = random.nextGaussian();
      groups[g] = new double[] {means[g], means[g], means[g]};
    }
    double error = Descriptive.deviation(means) / 5;
    assertThat(Bootstrap.nested(groups, draw(8)).normalError(0.95))
        .isCloseTo(error, within(error / 6));
  }

  @Test
  void componentsAreThoseTheNumbersWereMadeWith() {
    Random random = new Random(9);
    double[][] groups = new double[400][4];
    for (double[] group : groups) {
      double training = 3 * random.nextGaussian();
      Arrays.setAll(group, i -> 10 + training + random.nextGaussian());
    }
    Components found = Components.of(List.of(groups), new double[] {0.3, 0.4});
    assertThat(found.training()).isCloseTo(3, within(0.25));
    assertThat(found.sampling()).isCloseTo(1, within(0.05));
    assertThat(found.testSet()).isCloseTo(Math.sqrt(0.125), EXACT);
  }

  @Test
  void whatCannotBeSeparatedIsNoNumber() {
    Components one = Components.of(List.of(new double[] {5}), new double[0]);
    assertThat(one.training()).isNaN();
    assertThat(one.sampling()).isNaN();
    assertThat(one.testSet()).isNaN();
    Components seeds = Components.of(List.of(new double[] {1}, new double[] {3}), new double[0]);
    assertThat(seeds.training()).isCloseTo(Math.sqrt(2), EXACT);
    assertThat(seeds.sampling()).isNaN();
  }
}
