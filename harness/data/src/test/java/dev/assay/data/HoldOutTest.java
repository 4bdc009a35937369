package dev.assay.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.spi.Batch;
import dev.assay.spi.Values;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HoldOutTest {
  private static Batch numbered(int count) {
    return Batch.of(new Values.Labels(IntStream.range(0, count).toArray()));
  }

  private static int[] labels(Batch batch) {
    return ((Values.Labels) batch.x()).labels();
  }

  @ParameterizedTest
  @CsvSource({"0.2, 5", "0.1, 10", "0.01, 100", "0.5, 2", "0.125, 8"})
  void aFractionOfOneOverKTakesTheLastOfEveryK(double fraction, int k) {
    HoldOut parts = HoldOut.spread(fraction, numbered(20 * k));
    assertThat(labels(parts.test()))
        .isEqualTo(IntStream.range(0, 20).map(i -> k * i + k - 1).toArray());
    assertThat(labels(parts.train())).hasSize(20 * (k - 1)).isSorted();
  }

  @ParameterizedTest
  @CsvSource({"0.29, 29", "0.3, 30", "0.7, 70", "0.99, 99"})
  void otherFractionsAreSpreadEvenlyToo(double fraction, int expected) {
    HoldOut parts = HoldOut.spread(fraction, numbered(100));
    assertThat(parts.test().count()).isEqualTo(expected);
    int[] firstHalf = Arrays.stream(labels(parts.test())).filter(i -> i < 50).toArray();
    assertThat(firstHalf.length).isBetween(expected / 2 - 1, expected / 2 + 1);
  }

  @Test
  void aTextIsCutBetweenCharacters() {
    HoldOut parts = HoldOut.tail(0.25, "😀😀😀😀");
    assertThat(parts.train().texts().texts()).containsExactly("😀😀😀");
    assertThat(parts.test().texts().texts()).containsExactly("😀");
  }

  @Test
  void anEmptyPartIsRefused() {
    assertThatThrownBy(() -> HoldOut.spread(0.1, numbered(5)))
        .hasMessage("a test fraction of 0.1 of 5 leaves the test part empty");
    assertThatThrownBy(() -> HoldOut.tail(0.9, "a")).hasMessageContaining("training part empty");
  }
}
