package dev.assay.runner.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what a misspelt word was meant to be. */
public final class Suggestion {
  private Suggestion() {}

  /** The nearest choice, if it is near enough to be meant. */
  public static Optional<String> of(String word, Collection<String> choices) {
    String given = normal(word);
    if (given.isEmpty()) {
      return Optional.empty();
    }
    return choices.stream()
        .filter(choice -> near(given, normal(choice)))
        .min(
            Comparator.comparingInt((String choice) -> distance(given, normal(choice)))
                .thenComparing(Comparator.naturalOrder()));
  }

  private static boolean near(String given, String choice) {
    int longer = Math.max(given.length(), choice.length());
    int allowed = longer <= 3 ? 1 : 2 + given.length() / 8;
    return distance(given, choice) <= allowed || abbreviates(given, choice);
  }

  private static boolean abbreviates(String given, String choice) {
    return Math.min(given.length(), choice.length()) >= 3
        && (choice.startsWith(given) || given.startsWith(choice));
  }

  private static String normal(String word) {
    return word.toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
  }

  /**
   * Insertions, deletions, substitutions and swaps of neighbours that turn one word into the other
   * (optimal string alignment).
   */
  static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int best = Math.min(cost[i - 1][j], cost[i][j - 1]) + 1;
        best = Math.min(best, cost[i - 1][j - 1] + (same ? 0 : 1));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          best = Math.min(best, cost[i - 2][j - 2] + 1);
        }
        cost[i][j] = best;
      }
    }
    return cost[a.length()][b.length()];
  }
}
