package dev.assay.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.tensor.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class StatisticsTest {
  private final RandomStream random = RandomStream.root(7);

  @Test
  void quantilesInterpolateBetweenOrderStatistics() {
    double[] sorted = {1, 2, 4, 8};
    // Type 7: place p (n - 1), so 0.25 lies at 0.75 between 1 and 2.
    assertThat(Statistics.quantile(sorted, 0)).isEqualTo(1);
    assertThat(Statistics.quantile(sorted, 0.25)).isEqualTo(1.75);
    assertThat(Statistics.quantile(sorted, 0.5)).isEqualTo(3);
    assertThat(Statistics.quantile(sorted, 1)).isEqualTo(8);
  }

  @Test
  void quantilesOfOneValueAreThatValueAndOfNoneAreNoNumber() {
    assertThat(Statistics.quantile(new double[] {5}, 0.3)).isEqualTo(5);
    assertThat(Statistics.quantile(new double[0], 0.3)).isNaN();
  }

  @Test
  void bootstrapIntervalOfAMeanIsThatOfTheNormalApproximation() {
    double[] x = Clouds.normal(400, 1, 3, 5).data();
    double mean = Arrays.stream(x).average().orElseThrow();
    double deviation =
        Math.sqrt(Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
    double error = deviation / Math.sqrt(x.length);
    Statistics.Mean got = Statistics.bootstrapMean(x, random);
    assertThat(got.value()).isCloseTo(mean, within(1e-12));
    // A quantile of 1000 resamples at 2.5 % has a standard error of 0.084 deviations.
    assertThat(got.low()).isCloseTo(mean - 1.96 * error, within(0.34 * error));
    assertThat(got.high()).isCloseTo(mean + 1.96 * error, within(0.34 * error));
  }

  @Test
  void bootstrapIntervalOfARatioIsThatOfTheDeltaMethod() {
    int n = 500;
    double[] lengths = new double[n];
    double[] totals = new double[n];
    RandomStream draws = RandomStream.root(3);
    for (int i = 0; i < n; i++) {
      lengths[i] = 1 + draws.nextInt(20);
      totals[i] = lengths[i] * (2 + 0.5 * draws.nextGaussian());
    }
    double ratio = Arrays.stream(totals).sum() / Arrays.stream(lengths).sum();
    double squares = 0;
    for (int i = 0; i < n; i++) {
      squares += Math.pow(totals[i] - ratio * lengths[i], 2);
    }
    double error = Math.sqrt(squares) / Arrays.stream(lengths).sum();
    Statistics.Mean got = Statistics.bootstrapRatio(totals, lengths, random);
    assertThat(got.value()).isCloseTo(ratio, within(1e-12));
    assertThat(got.low()).isCloseTo(ratio - 1.96 * error, within(0.34 * error));
    assertThat(got.high()).isCloseTo(ratio + 1.96 * error, within(0.34 * error));
  }

  @Test
  void totalsAreDividedByTotals() {
    Statistics.Mean got =
        Statistics.bootstrapRatio(new double[] {1, 9}, new double[] {1, 3}, random);
    // The mean of the ratios 1 and 3 would be 2.
    assertThat(got.value()).isEqualTo(2.5);
    assertThat(got.low()).isEqualTo(1);
    assertThat(got.high()).isEqualTo(3);
  }

  @Test
  void intervalOfConstantsIsThatConstant() {
    double[] x = new double[37];
    Arrays.fill(x, 0.1);
    Statistics.Mean got = Statistics.bootstrapMean(x, random);
    assertThat(got.low()).isLessThanOrEqualTo(got.value()).isCloseTo(0.1, within(1e-15));
    assertThat(got.high()).isGreaterThanOrEqualTo(got.value()).isCloseTo(0.1, within(1e-15));
  }

  @Test
  void intervalHoldsTheValueEvenWhereOneItemDecidesIt() {
    double[] x = new double[1000];
    x[17] = 1e6;
    Statistics.Mean got = Statistics.bootstrapMean(x, random);
    assertThat(got.value()).isBetween(got.low(), got.high());
  }

  @Test
  void resamplesWithoutUnitsAreLeftOut() {
    Statistics.Mean got =
        Statistics.bootstrapRatio(new double[] {2, 6}, new double[] {0, 4}, random);
    // What remains has the second item once or twice: 8 / 4 or 12 / 8.
    assertThat(got).isEqualTo(new Statistics.Mean(2, 1.5, 2));
  }

  @Test
  void oneItemHasNoInterval() {
    Statistics.Mean got = Statistics.bootstrapMean(new double[] {4}, random);
    assertThat(got).isEqualTo(Statistics.Mean.withoutInterval(4));
  }

  @Test
  void anEqualStreamGivesAnEqualInterval() {
    double[] x = Clouds.normal(50, 1, 0, 2).data();
    assertThat(Statistics.bootstrapMean(x, RandomStream.root(9)))
        .isEqualTo(Statistics.bootstrapMean(x, RandomStream.root(9)));
  }

  @Test
  void unequalLengthsAreRefused() {
    assertThatThrownBy(() -> Statistics.bootstrapRatio(new double[3], new double[2], random))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("3 numerators but 2 denominators");
  }
}
