package dev.assay.metrics.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs of consecutive tokens. */
public final class Ngrams {
  private Ngrams() {}

  /** How often each run of n tokens occurs; of equal tokens, equal runs. */
  public static Map<List<String>, Integer> counts(List<String> tokens, int n) {
    Map<List<String>, Integer> counts = new HashMap<>();
    all(tokens, n).forEach(ngram -> counts.merge(ngram, 1, Integer::sum));
    return counts;
  }

  /** All runs of n tokens, in order; none if there are fewer tokens. */
  public static List<List<String>> all(List<String> tokens, int n) {
    List<List<String>> all = new ArrayList<>();
    for (int i = 0; i + n <= tokens.size(); i++) {
      all.add(tokens.subList(i, i + n));
    }
    return all;
  }

  /** Σ min(count in a, count in b). */
  static <T> int overlap(Map<T, Integer> a, Map<T, Integer> b) {
    return a.entrySet().stream()
        .mapToInt(entry -> Math.min(entry.getValue(), b.getOrDefault(entry.getKey(), 0)))
        .sum();
  }

  static <T> int total(Map<T, Integer> counts) {
    return counts.values().stream().mapToInt(count -> count).sum();
  }
}
