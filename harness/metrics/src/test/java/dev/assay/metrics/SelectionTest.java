package dev.assay.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SelectionTest {
  /**
   * @param distinct how many different numbers there are among the 101
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 1000})
  void everyRankIsThatOfTheSortedNumbers(int distinct) {
    double[] values = Clouds.normal(101, 1, 0, distinct).data();
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.rint(values[i] * distinct / 4) % distinct;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    for (int k = 0; k < values.length; k++) {
      double[] order = values.clone();
      double wanted = sorted[k];
      assertThat(Selection.smallest(order, k)).isEqualTo(wanted);
      assertThat(Arrays.stream(order, 0, k)).allMatch(x -> x <= wanted);
      assertThat(Arrays.stream(order, k, order.length)).allMatch(x -> x >= wanted);
      Arrays.sort(order);
      assertThat(order).isEqualTo(sorted);
    }
  }
}
