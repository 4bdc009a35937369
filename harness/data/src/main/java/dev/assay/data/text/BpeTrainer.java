package dev.assay.data.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Learns merges of bytes: again and again, the pair of neighbours that occurs most often within
 * pre-tokens becomes one unit (Sennrich et al. 2016, algorithm 1). Of equally frequent pairs the
 * one of smaller numbers comes first. Ends early once no pair occurs twice.
 */
final class BpeTrainer {
  private static final int BYTES = 256;
  private static final int MINIMUM_COUNT = 2;

  private BpeTrainer() {}

  /** A pair and its number when it was put into the queue; it may have fallen since. */
  private record Candidate(long count, long pair) {
    static final Comparator<Candidate> BEST_FIRST =
        Comparator.comparingLong(Candidate::count).reversed().thenComparingLong(Candidate::pair);
  }

  /** Pairs in the order of merging; the i-th becomes unit 256 + i. */
  static List<Long> merges(List<String> texts, int most) {
    PairCounts counts = counts(PreTokens.count(texts));
    PriorityQueue<Candidate> queue = new PriorityQueue<>(Candidate.BEST_FIRST);
    counts.forEach((pair, number) -> queue.add(new Candidate(number, pair)));
    List<Long> merges = new ArrayList<>();
    while (merges.size() < most && !queue.isEmpty()) {
      Candidate best = queue.remove();
      long present = counts.count(best.pair());
      if (present < best.count()) {
        if (present > 0) {
          queue.add(new Candidate(present, best.pair()));
        }
      } else if (present < MINIMUM_COUNT) {
        break;
      } else if (present == best.count()) {
        int merged = BYTES + merges.size();
        merges.add(best.pair());
        for (long pair : counts.merge(best.pair(), merged)) {
          if (PairCounts.left(pair) == merged || PairCounts.right(pair) == merged) {
            queue.add(new Candidate(counts.count(pair), pair));
          }
        }
      }
    }
    return merges;
  }

  private static PairCounts counts(Map<String, Integer> preTokens) {
    int[][] words = new int[preTokens.size()][];
    int[] weights = new int[words.length];
    int i = 0;
    for (Map.Entry<String, Integer> entry : preTokens.entrySet()) {
      words[i] = bytes(entry.getKey());
      weights[i++] = entry.getValue();
    }
    return new PairCounts(words, weights);
  }

  /** The bytes of UTF-8 as units. */
  static int[] bytes(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    int[] units = new int[utf8.length];
    for (int i = 0; i < units.length; i++) {
      units[i] = utf8[i] & 0xFF;
    }
    return units;
  }
}
