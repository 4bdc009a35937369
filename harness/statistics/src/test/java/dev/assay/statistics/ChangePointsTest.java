package dev.assay.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.statistics.ChangePoints.Change;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ChangePointsTest {
  private static final double LEVEL = ChangePoints.LEVEL;

  private static double[] series(long seed, double... levels) {
    Random random = new Random(seed);
    double[] series = new double[levels.length * 12];
    Arrays.setAll(series, i -> levels[i / 12] + 0.2 * random.nextGaussian());
    return series;
  }

  private static List<Change> find(double[] series) {
    return ChangePoints.of(series, LEVEL, new Random(1)::nextInt);
  }

  @Test
  void everyChangeIsFoundInBothDirections() {
    List<Change> changes = find(series(2, 5, 6, 4, 5));
    assertThat(changes).extracting(Change::at).containsExactly(12, 24, 36);
    assertThat(changes.getFirst().before()).isCloseTo(5, within(0.2));
    assertThat(changes.getFirst().after()).isCloseTo(6, within(0.2));
    assertThat(changes.get(1).after()).isCloseTo(4, within(0.2));
  }

  @Test
  void aChangeThatWasUndoneIsFoundThoughNoSingleSplitIsClear() {
    List<Change> changes = find(series(3, 5, 6, 5));
    assertThat(changes).extracting(Change::at).containsExactly(12, 24);
    assertThat(changes.getFirst().after()).isCloseTo(6, within(0.2));
    assertThat(changes.getLast().after()).isCloseTo(5, within(0.2));
  }

  @Test
  void noiseAloneHasFewChanges() {
    int found = 0;
    for (int seed = 0; seed < 100; seed++) {
      found += find(series(seed, 5, 5)).isEmpty() ? 0 : 1;
    }
    assertThat(found).isLessThanOrEqualTo(4);
  }

  @Test
  void shortAndConstantSeriesHaveNone() {
    assertThat(find(new double[] {1, 1, 9, 9, 9})).isEmpty();
    assertThat(find(new double[40])).isEmpty();
    assertThat(find(new double[0])).isEmpty();
  }
}
