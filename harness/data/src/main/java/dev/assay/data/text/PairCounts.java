package dev.assay.data.text;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Distinct words as sequences of units, with the number of each pair of neighbours over all
 * occurrences of the words. Pairs are numbers: the left unit in the high half, the right one in the
 * low half.
 */
final class PairCounts {
  private final int[][] words;
  private final int[] weights;
  private final Map<Long, Pair> pairs = new HashMap<>();
  private long[] units = new long[512];

  /** A pair's number, and words that hold it or did. */
  private static final class Pair {
    long count;
    int[] words = new int[2];
    int size;

    void add(int word) {
      if (size > 0 && words[size - 1] == word) {
        return;
      }
      if (size == words.length) {
        words = Arrays.copyOf(words, 2 * size);
      }
      words[size++] = word;
    }
  }

  /**
   * @param words is changed by merging
   * @param weights how often each word occurs
   */
  PairCounts(int[][] words, int[] weights) {
    this.words = words;
    this.weights = weights;
    for (int w = 0; w < words.length; w++) {
      add(w, weights[w], null);
    }
  }

  static long pair(int left, int right) {
    return (long) left << Integer.SIZE | right;
  }

  static int left(long pair) {
    return (int) (pair >>> Integer.SIZE);
  }

  static int right(long pair) {
    return (int) pair;
  }

  /** Visits all pairs and how often each occurs. */
  void forEach(Visitor visitor) {
    pairs.forEach((pair, found) -> visitor.visit(pair, found.count));
  }

  /** Is shown pairs. */
  @FunctionalInterface
  interface Visitor {
    void visit(long pair, long count);
  }

  /** How often a pair occurs; 0 once it is merged. */
  long count(long pair) {
    Pair found = pairs.get(pair);
    return found == null ? 0 : found.count;
  }

  /** How often a unit occurs. */
  long unit(int unit) {
    return unit < units.length ? units[unit] : 0;
  }

  /**
   * Makes the pair one unit everywhere, from left to right.
   *
   * @return pairs whose number may have changed
   */
  Set<Long> merge(long pair, int merged) {
    Set<Long> changed = new HashSet<>();
    Pair found = pairs.get(pair);
    if (found == null) {
      return changed;
    }
    int[] holders = Arrays.copyOf(found.words, found.size);
    for (int w : holders) {
      int[] joined = joined(words[w], pair, merged);
      if (joined.length < words[w].length) {
        add(w, -weights[w], changed);
        words[w] = joined;
        add(w, weights[w], changed);
      }
    }
    changed.removeIf(p -> {
      boolean gone = count(p) <= 0;
      if (gone) {
        pairs.remove(p);
      }
      return gone;
    });
    return changed;
  }

  private static int[] joined(int[] word, long pair, int merged) {
    int[] joined = new int[word.length];
    int size = 0;
    for (int i = 0; i < word.length; i++) {
      boolean here = i + 1 < word.length && pair(word[i], word[i + 1]) == pair;
      joined[size++] = here ? merged : word[i];
      i += here ? 1 : 0;
    }
    return size == word.length ? word : Arrays.copyOf(joined, size);
  }

  private void add(int index, int weight, @Nullable Set<Long> changed) {
    int[] word = words[index];
    for (int i = 0; i < word.length; i++) {
      if (word[i] >= units.length) {
        units = Arrays.copyOf(units, Math.max(2 * units.length, word[i] + 1));
      }
      units[word[i]] += weight;
      if (i + 1 == word.length) {
        return;
      }
      long key = pair(word[i], word[i + 1]);
      Pair pair = pairs.computeIfAbsent(key, _ -> new Pair());
      pair.count += weight;
      if (weight > 0) {
        pair.add(index);
      }
      if (changed != null) {
        changed.add(key);
      }
    }
  }
}
