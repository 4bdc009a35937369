package dev.assay.metrics.text;

import java.util.List;

/**
 * How a reference becomes a hypothesis by the fewest insertions, deletions and substitutions; of
 * several such ways the one with most hits.
 *
 * @param count of edits
 * @param hits tokens kept
 * @param reference tokens of the reference
 * @param hypothesis tokens of the hypothesis
 */
public record Edits(int count, int hits, int reference, int hypothesis) {
  /** Edits between two lists of tokens. Time and memory: the product, and the sum, of the sizes. */
  public static <T> Edits between(List<T> reference, List<T> hypothesis) {
    int m = hypothesis.size();
    int[] edits = new int[m + 1];
    int[] hits = new int[m + 1];
    for (int j = 1; j <= m; j++) {
      edits[j] = j;
    }
    for (int i = 1; i <= reference.size(); i++) {
      int diagonalEdits = edits[0];
      int diagonalHits = hits[0];
      edits[0] = i;
      for (int j = 1; j <= m; j++) {
        boolean hit = reference.get(i - 1).equals(hypothesis.get(j - 1));
        int best = diagonalEdits + (hit ? 0 : 1);
        int bestHits = diagonalHits + (hit ? 1 : 0);
        diagonalEdits = edits[j];
        diagonalHits = hits[j];
        if (edits[j] + 1 < best || (edits[j] + 1 == best && hits[j] > bestHits)) {
          best = edits[j] + 1;
          bestHits = hits[j];
        }
        if (edits[j - 1] + 1 < best || (edits[j - 1] + 1 == best && hits[j - 1] > bestHits)) {
          best = edits[j - 1] + 1;
          bestHits = hits[j - 1];
        }
        edits[j] = best;
        hits[j] = bestHits;
      }
    }
    return new Edits(edits[m], hits[m], reference.size(), m);
  }

  /** Over a corpus, totals are summed. */
  public Edits plus(Edits other) {
    return new Edits(
        count + other.count,
        hits + other.hits,
        reference + other.reference,
        hypothesis + other.hypothesis);
  }

  /** Edits per reference token; may exceed 1. Of words WER, of characters CER. */
  public double errorRate() {
    return ratio(count, reference);
  }

  /** Match error rate: edits per edit and hit, at most 1 (Morris et al. 2004). */
  public double matchErrorRate() {
    return ratio(count, count + hits);
  }

  /** Word information lost: 1 − hits² / (reference · hypothesis) (Morris et al. 2004). */
  public double informationLost() {
    return count == 0
        ? 0
        : 1 - ratio(hits, reference) * (hypothesis == 0 ? 0 : ratio(hits, hypothesis));
  }

  /** 0 of nothing is 0, anything else of nothing as if of one. */
  private static double ratio(int part, int whole) {
    return (double) part / Math.max(1, whole);
  }
}
