package dev.assay.statistics;

import java.util.Arrays;

/** Ranks in groups: what cannot be told from the best of a group shares its rank. */
public final class RankGroups {
  /** Of Holm's adjusted p; above it two entrants tie. */
  public static final double LEVEL = 0.05;

  private RankGroups() {}

  /** The p-value of the difference of two entrants, by their places in the order of the board. */
  @FunctionalInterface
  public interface Pair {
    double p(int first, int second);
  }

  /**
   * Ranks of a board in order of its entrants, the best first: 1 for the first and all that tie
   * with it; the next one has its place as rank and opens the next group. Holm's correction goes
   * over all pairs of the board.
   *
   * @param count entrants
   */
  public static int[] of(int count, Pair pair) {
    double[] p = new double[count * (count - 1) / 2];
    for (int i = 0, at = 0; i < count; i++) {
      for (int j = i + 1; j < count; j++) {
        p[at++] = pair.p(i, j);
      }
    }
    double[] adjusted = Holm.adjust(p);
    int[] ranks = new int[count];
    Arrays.fill(ranks, 1);
    int leader = 0;
    for (int i = 1; i < count; i++) {
      int at = leader * count - leader * (leader + 1) / 2 + (i - leader - 1);
      if (adjusted[at] <= LEVEL) {
        leader = i;
      }
      ranks[i] = leader + 1;
    }
    return ranks;
  }
}
