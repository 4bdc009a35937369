package dev.assay.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

final class RankGroupsTest {
  @Test
  void ranksComeInGroupsAfterHolm() {
    double[][] p = {{1, 0.9, 0.001, 0.001}, {0, 1, 0.001, 0.001}, {0, 0, 1, 0.03}, {0, 0, 0, 1}};
    // Of six pairs .03 is the fifth smallest: adjusted 2 × .03 = .06, a tie.
    assertThat(RankGroups.of(4, (i, j) -> p[i][j])).containsExactly(1, 1, 3, 3);
    assertThat(RankGroups.of(0, (i, j) -> 0)).isEmpty();
    assertThat(RankGroups.of(1, (i, j) -> 0)).containsExactly(1);
    assertThat(RankGroups.of(3, (i, j) -> 0)).containsExactly(1, 2, 3);
    assertThat(RankGroups.of(3, (i, j) -> Double.NaN)).containsExactly(1, 1, 1);
  }

  @Test
  void ranksAreThoseOfTestingAllPairs() {
    Random random = new Random(1);
    for (int board = 0; board < 2_000; board++) {
      int count = board % 40 == 0 ? 40 + random.nextInt(40) : random.nextInt(14);
      double[][] p = board % 2 == 0 ? unrelated(count, random) : spread(count, random);
      assertThat(RankGroups.of(count, (i, j) -> p[i][j]))
          .as("board %d of %d", board, count)
          .isEqualTo(ranks(count, p));
    }
  }

  @Test
  void aBoardWhoseFarPairsAllDifferIsRankedByAFewOfItsPairs() {
    AtomicInteger tested = new AtomicInteger();
    int[] ranks =
        RankGroups.of(
            1_000,
            (i, j) -> {
              tested.incrementAndGet();
              return i / 10 == j / 10 ? 0.5 : 1e-9;
            });
    for (int i = 0; i < ranks.length; i++) {
      assertThat(ranks[i]).isEqualTo(1 + i / 10 * 10);
    }
    assertThat(tested.get()).isLessThan(1_000);
  }

  @Test
  void ranksNeedToKnowOnlyThePsOfTheirRange() {
    Random random = new Random(3);
    for (int board = 0; board < 60; board++) {
      int count = 2 + random.nextInt(60);
      double[][] seeds = seeds(count, 2 + random.nextInt(6), random);
      PRange range = RankGroups.range(count);
      double[][] p = new double[count][count];
      for (int i = 0; i < count; i++) {
        for (int j = i + 1; j < count; j++) {
          p[i][j] = PairedTests.t(PairedTests.differences(seeds[i], seeds[j])).p();
        }
      }
      assertThat(
              RankGroups.of(count, (i, j) -> range.t(PairedTests.differences(seeds[i], seeds[j]))))
          .as("board %d of %d", board, count)
          .isEqualTo(ranks(count, p));
    }
  }

  @Test
  void aPInTheRangeIsThatOfTheTestAndOneOutsideIsOnItsSide() {
    Random random = new Random(4);
    double least = 1e-4;
    double most = 0.05;
    PRange range = new PRange(least, most);
    for (int i = 0; i < 20_000; i++) {
      double shift = 10 * random.nextDouble();
      double[] differences =
          random.doubles(2 + random.nextInt(25)).map(d -> shift + d - 0.5).toArray();
      double p = PairedTests.t(differences).p();
      double told = range.t(differences);
      if (p >= least && p <= most) {
        assertThat(told).isEqualTo(p);
      } else {
        assertThat(told < least).isEqualTo(p < least);
        assertThat(told > most).isEqualTo(p > most);
      }
    }
    assertThat(range.t(new double[] {0, 0})).isEqualTo(1);
    assertThat(range.t(new double[] {2, 2})).isZero();
  }

  /** As it is defined: every pair is tested, then Holm's adjusted p of a leader and the next. */
  private static int[] ranks(int count, double[][] p) {
    double[] flat = new double[count * (count - 1) / 2];
    int[][] place = new int[count][count];
    int at = 0;
    for (int i = 0; i < count; i++) {
      for (int j = i + 1; j < count; j++) {
        place[i][j] = at;
        flat[at++] = p[i][j];
      }
    }
    double[] adjusted = Holm.adjust(flat);
    int[] ranks = new int[count];
    int leader = 0;
    for (int i = 0; i < count; i++) {
      if (i > 0 && adjusted[place[leader][i]] <= RankGroups.LEVEL) {
        leader = i;
      }
      ranks[i] = leader + 1;
    }
    return ranks;
  }

  /**
   * p-values that have nothing to do with places; in some boards coarse, so that many are equal.
   */
  private static double[][] unrelated(int count, Random random) {
    double power = 1 + random.nextInt(12);
    boolean coarse = random.nextBoolean();
    DoubleSupplier one =
        () -> {
          double p = Math.pow(random.nextDouble(), power);
          return coarse ? Math.rint(p * 1_000) / 1_000 : p;
        };
    double[][] p = new double[count][count];
    for (double[] row : p) {
      Arrays.setAll(row, j -> one.getAsDouble());
    }
    return p;
  }

  /** Values of some seeds each, in order of what is expected of them. */
  private static double[][] seeds(int count, int each, Random random) {
    double step = Math.pow(10, random.nextDouble() * 3 - 2);
    double[][] seeds = new double[count][];
    for (int i = 0; i < count; i++) {
      double mean = step * i;
      seeds[i] = random.doubles(each).map(v -> mean + v).toArray();
    }
    return seeds;
  }

  /** Normal tests of values in order, in some boards in clusters, each with an error of its own. */
  private static double[][] spread(int count, Random random) {
    double width = Math.pow(10, random.nextDouble() * 4);
    double[] values = random.doubles(count).map(v -> width * v).sorted().toArray();
    double[] errors = random.doubles(count).map(e -> 0.5 + e).toArray();
    double[][] p = new double[count][count];
    for (int i = 0; i < count; i++) {
      for (int j = i + 1; j < count; j++) {
        p[i][j] =
            Estimate.normal(values[j] - values[i], Math.hypot(errors[i], errors[j])).pOfZero();
      }
    }
    return p;
  }
}
