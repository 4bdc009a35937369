package dev.assay.statistics;

import java.util.Arrays;

/**
 * Holm's decision on single pairs of a board, over all of its pairs but without testing each. A
 * pair is rejected if it would be even were all untested pairs behind it, and is not if it would
 * not be even were all of them ahead. Between the two more pairs are tested, those of neighbours
 * first, since these are the ones that tie.
 */
final class StepDown {
  private final int count;
  private final RankGroups.Pair pair;
  private final double level;
  private final int all;

  /** The p-values of all pairs at most {@link #distance} places apart, sorted. */
  private double[] tested = new double[0];

  private int distance;

  /** How many of those tested are rejected whatever the others are. */
  private int rejected;

  /** From this p on nothing is rejected whatever the others are. */
  private double tie = Double.POSITIVE_INFINITY;

  StepDown(int count, RankGroups.Pair pair, double level) {
    this.count = count;
    this.pair = pair;
    this.level = level;
    this.all = count * (count - 1) / 2;
  }

  /** Whether Holm's adjusted p of a pair is at most the level. */
  boolean differ(int first, int second) {
    double p = pair.p(first, second);
    while (true) {
      if ((all - rejected) * p <= level) {
        return true;
      }
      if (!(p <= level) || p >= tie) {
        return false;
      }
      testMore();
    }
  }

  /** Doubles the distance. With all pairs tested the two bounds are one. */
  private void testMore() {
    int farther = Math.min(count - 1, Math.max(1, 2 * distance));
    int at = tested.length;
    tested = Arrays.copyOf(tested, farther * (2 * count - farther - 1) / 2);
    for (int apart = distance + 1; apart <= farther; apart++) {
      for (int i = 0; i + apart < count; i++) {
        tested[at++] = pair.p(i, i + apart);
      }
    }
    Arrays.sort(tested);
    distance = farther;
    rejected = passing(all);
    int possible = passing(tested.length);
    tie = possible < tested.length ? tested[possible] : Double.POSITIVE_INFINITY;
  }

  /** How many of those tested are rejected in a family of so many, all others being greater. */
  private int passing(int family) {
    int passed = 0;
    while (passed < tested.length && (family - passed) * tested[passed] <= level) {
      passed++;
    }
    return passed;
  }
}
