package dev.assay.statistics;

/** Ranks in groups: what cannot be told from the best of a group shares its rank. */
public final class RankGroups {
  /** Of Holm's adjusted p; above it two entrants tie. */
  public static final double LEVEL = 0.05;

  private RankGroups() {}

  /** The p-value of the difference of two entrants, by their places in the order of the board. */
  @FunctionalInterface
  public interface Pair {
    /**
     * @param second greater than {@code first}
     * @return the same whenever it is asked for; outside of {@link #range} any that is on the same
     *     side of it
     */
    double p(int first, int second);
  }

  /**
   * Where ranks depend on how large a p is: below, Holm rejects it whatever the others are, and
   * above it never does.
   *
   * @param count entrants, at least two
   */
  public static PRange range(int count) {
    return new PRange(LEVEL / (count * (count - 1) / 2), LEVEL);
  }

  /**
   * Ranks of a board in order of its entrants, the best first: 1 for the first and all that tie
   * with it; the next one has its place as rank and opens the next group. Holm's correction goes
   * over all pairs of the board; those that cannot change a rank are not tested.
   *
   * @param count entrants
   */
  public static int[] of(int count, Pair pair) {
    StepDown decision = new StepDown(count, pair, LEVEL);
    int[] ranks = new int[count];
    int leader = 0;
    for (int i = 0; i < count; i++) {
      if (i > 0 && decision.differ(leader, i)) {
        leader = i;
      }
      ranks[i] = leader + 1;
    }
    return ranks;
  }
}
