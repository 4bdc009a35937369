package dev.assay.metrics.text;

import java.util.Arrays;
import java.util.List;

/**
 * Which words of a hypothesis stand for which of a reference on a cheapest path of edits near the
 * diagonal. Ties are broken as in tercom, on which the choice of shifts depends: a match or
 * substitution before a surplus word before a missing one.
 */
final class Alignment {
  private static final int BEAM = 25;
  private static final int FAR = Integer.MAX_VALUE / 2;

  /** Steps of the path into a cell. */
  private enum Step {
    /** Words match or are substituted. */
    BOTH,
    /** A word of the hypothesis is surplus. */
    SURPLUS,
    /** A word of the reference is missing. */
    MISSING
  }

  private final List<String> words;
  private final List<String> reference;
  private final int[][] cost;
  private final Step[][] steps;
  private final int[] places;
  private final boolean[] wrongWords;
  private final boolean[] wrongReferences;

  Alignment(List<String> words, List<String> reference) {
    this.words = words;
    this.reference = reference;
    cost = new int[words.size() + 1][reference.size() + 1];
    steps = new Step[words.size() + 1][reference.size() + 1];
    places = new int[reference.size()];
    wrongWords = new boolean[words.size()];
    wrongReferences = new boolean[reference.size()];
    fill();
    trace();
  }

  int edits() {
    return cost[words.size()][reference.size()];
  }

  /** The last word at or before which a reference word is aligned; −1 in front of all. */
  int place(int at) {
    return places[at];
  }

  boolean wrongWords(int from, int to) {
    return any(wrongWords, from, to);
  }

  boolean wrongReferences(int from, int to) {
    return any(wrongReferences, from, to);
  }

  private static boolean any(boolean[] flags, int from, int to) {
    for (int i = from; i < to; i++) {
      if (flags[i]) {
        return true;
      }
    }
    return false;
  }

  private void fill() {
    int n = words.size();
    int m = reference.size();
    for (int[] row : cost) {
      Arrays.fill(row, FAR);
    }
    for (int j = 0; j <= m; j++) {
      cost[0][j] = j;
      steps[0][j] = Step.MISSING;
    }
    double slope = n == 0 ? 1 : (double) m / n;
    int beam = slope / 2 > BEAM ? (int) Math.ceil(slope / 2 + BEAM) : BEAM;
    for (int i = 1; i <= n; i++) {
      int diagonal = (int) Math.floor(i * slope);
      int end = i == n ? m + 1 : Math.min(m + 1, diagonal + beam);
      for (int j = Math.max(0, diagonal - beam); j < end; j++) {
        cell(i, j);
      }
    }
  }

  private void cell(int i, int j) {
    if (j > 0) {
      boolean equal = words.get(i - 1).equals(reference.get(j - 1));
      offer(i, j, cost[i - 1][j - 1] + (equal ? 0 : 1), Step.BOTH);
    }
    offer(i, j, cost[i - 1][j] + 1, Step.SURPLUS);
    if (j > 0) {
      offer(i, j, cost[i][j - 1] + 1, Step.MISSING);
    }
  }

  private void offer(int i, int j, int edits, Step step) {
    if (edits < cost[i][j]) {
      cost[i][j] = edits;
      steps[i][j] = step;
    }
  }

  private void trace() {
    int i = words.size();
    int j = reference.size();
    while (i > 0 || j > 0) {
      switch (steps[i][j]) {
        case BOTH -> {
          i--;
          j--;
          places[j] = i;
          boolean wrong = !words.get(i).equals(reference.get(j));
          wrongWords[i] = wrong;
          wrongReferences[j] = wrong;
        }
        case SURPLUS -> wrongWords[--i] = true;
        case MISSING -> {
          wrongReferences[--j] = true;
          places[j] = i - 1;
        }
      }
    }
  }
}
