package dev.assay.runner.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class SeedTestTest {
  @Test
  void theIntervalIsStudentsAndPThatOfAllSignPatterns() {
    // Differences 1, 2, 3: mean 2, deviation 1, t(2) = 4.302653, so ± 4.302653 / √3 = 2.484138.
    SeedTest test = SeedTest.of(new double[] {11, 22, 33}, new double[] {10, 20, 30});
    assertThat(test.difference()).isEqualTo(2);
    assertThat(test.low()).isCloseTo(2 - 2.484138, within(1e-5));
    assertThat(test.high()).isCloseTo(2 + 2.484138, within(1e-5));
    assertThat(test.p()).isEqualTo(2.0 / 8);
    assertThat(test.isTie()).isTrue();
  }

  @Test
  void clearDifferencesAreNoTie() {
    // Mean −10, deviation 1, t(2): ± 2.484.
    SeedTest test = SeedTest.of(new double[] {1, 2, 3}, new double[] {10, 12, 14});
    assertThat(test.isTie()).isFalse();
    assertThat(test.difference()).isEqualTo(-10);
  }

  @Test
  void equalNumbersAreATie() {
    SeedTest test = SeedTest.of(new double[] {4, 5}, new double[] {4, 5});
    assertThat(test.isTie()).isTrue();
    assertThat(test.p()).isEqualTo(1);
  }

  @Test
  void oneSeedIsNotEnough() {
    assertThatThrownBy(() -> SeedTest.of(new double[1], new double[1]))
        .hasMessage("pairs need at least two seeds, equally many: 1 and 1");
  }
}
