package dev.assay.runner.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.tensor.RandomStream;
import org.junit.jupiter.api.Test;

final class PairedTestTest {
  private static final RandomStream RANDOM = RandomStream.root(1);

  @Test
  void pEqualsThatOfAllSignPatterns() {
    // Differences 1, 2, 3, 4: of the 16 sign patterns, |sum| ≥ 10 for 2, so p = 2 / 16.
    PairedTest test = PairedTest.of(new double[] {1, 2, 3, 4}, new double[4], RANDOM);
    assertThat(test.p()).isCloseTo(2.0 / 16, within(0.01));
    assertThat(test.difference()).isEqualTo(2.5);
    assertThat(test.isTie()).isTrue();
  }

  @Test
  void theIntervalIsThatOfTheNormalLimit() {
    // 400 differences, mean 1, deviation 2 (values −1 and 3): standard error .1, interval ± .196.
    double[] first = new double[400];
    for (int i = 0; i < first.length; i++) {
      first[i] = i % 2 == 0 ? -1 : 3;
    }
    PairedTest test = PairedTest.of(first, new double[400], RANDOM);
    assertThat(test.low()).isCloseTo(1 - 0.196, within(0.015));
    assertThat(test.high()).isCloseTo(1 + 0.196, within(0.015));
    assertThat(test.p()).isLessThan(0.001);
    assertThat(test.isTie()).isFalse();
  }

  @Test
  void equalScoresAreATie() {
    double[] same = {3, 1, 4, 1, 5};
    PairedTest test = PairedTest.of(same, same, RANDOM);
    assertThat(test.p()).isEqualTo(1);
    assertThat(test.low()).isZero();
    assertThat(test.high()).isZero();
  }

  @Test
  void itemsMustPair() {
    assertThatThrownBy(() -> PairedTest.of(new double[2], new double[3], RANDOM))
        .hasMessage("pairs need equally many items: 2 and 3");
  }
}
