package dev.assay.metrics.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How varied a set of texts is in itself. */
public final class Diversity {
  private Diversity() {}

  /** Distinct n-grams / all n-grams of a set (Li et al. 2016); NaN if there are none. */
  public static double distinct(List<List<String>> texts, int n) {
    Set<List<String>> distinct = new HashSet<>();
    long all = 0;
    for (List<String> text : texts) {
      List<List<String>> ngrams = Ngrams.all(text, n);
      distinct.addAll(ngrams);
      all += ngrams.size();
    }
    return all == 0 ? Double.NaN : (double) distinct.size() / all;
  }

  /**
   * BLEU of each text against all others, 0 to 1, unsmoothed (Zhu et al. 2018); their mean is
   * self-BLEU. Time linear in all n-grams, but for the closest length.
   *
   * @param order longest n-grams
   * @throws IllegalArgumentException for fewer than 2 texts
   */
  public static double[] selfBleu(List<List<String>> texts, int order) {
    if (texts.size() < 2) {
      throw new IllegalArgumentException("self-BLEU needs 2 texts, not " + texts.size());
    }
    double[] logs = new double[texts.size()];
    for (int n = 1; n <= order; n++) {
      List<Map<List<String>, Integer>> counts = new ArrayList<>();
      for (List<String> text : texts) {
        counts.add(Ngrams.counts(text, n));
      }
      Map<List<String>, Top> tops = tops(counts);
      for (int i = 0; i < logs.length; i++) {
        logs[i] += Math.log(precision(i, counts.get(i), tops)) / order;
      }
    }
    double[] scores = new double[logs.length];
    for (int i = 0; i < scores.length; i++) {
      int length = texts.get(i).size();
      int closest = closest(i, texts);
      double brevity =
          length >= closest || length == 0 ? 1 : Math.exp(1 - (double) closest / length);
      scores[i] = brevity * Math.exp(logs[i]);
    }
    return scores;
  }

  /** The largest count of an n-gram in one text, whose it is, and the largest of the others. */
  private record Top(int owner, int most, int next) {
    static final Top NONE = new Top(-1, 0, 0);

    Top and(int text, int count) {
      return count > most
          ? new Top(text, count, most)
          : new Top(owner, most, Math.max(next, count));
    }
  }

  private static Map<List<String>, Top> tops(List<Map<List<String>, Integer>> counts) {
    Map<List<String>, Top> tops = new HashMap<>();
    for (int i = 0; i < counts.size(); i++) {
      int text = i;
      counts
          .get(i)
          .forEach((ngram, count) ->
              tops.merge(ngram, new Top(text, count, 0), (top, _) -> top.and(text, count)));
    }
    return tops;
  }

  /** 0 for a text too short to have n-grams. */
  private static double precision(
      int text, Map<List<String>, Integer> counts, Map<List<String>, Top> tops) {
    int matches = 0;
    int total = 0;
    for (Map.Entry<List<String>, Integer> entry : counts.entrySet()) {
      Top top = tops.getOrDefault(entry.getKey(), Top.NONE);
      matches += Math.min(entry.getValue(), top.owner() == text ? top.next() : top.most());
      total += entry.getValue();
    }
    return total == 0 ? 0 : (double) matches / total;
  }

  private static int closest(int text, List<List<String>> texts) {
    int length = texts.get(text).size();
    int best = Integer.MAX_VALUE;
    for (int j = 0; j < texts.size(); j++) {
      int other = texts.get(j).size();
      int gap = Math.abs(other - length);
      int least = Math.abs(best - length);
      if (j != text && (gap < least || (gap == least && other < best))) {
        best = other;
      }
    }
    return best;
  }
}
