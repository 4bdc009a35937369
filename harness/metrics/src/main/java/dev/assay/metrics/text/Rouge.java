package dev.assay.metrics.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * ROUGE (Lin 2004) of one text against one reference, without stemming.
 *
 * @param precision share of the hypothesis that matches; 0 if it is empty
 * @param recall share of the reference that is matched; 0 if it is empty
 */
public record Rouge(double precision, double recall) {
  private static final Pattern OTHER = Pattern.compile("[^a-z0-9]+");

  /** The harmonic mean of both. */
  public double f() {
    return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
  }

  /** The words of letters a to z and digits, in lower case. */
  public static List<String> words(String text) {
    return Tokens.words(OTHER.matcher(Tokens.lower(text)).replaceAll(" "));
  }

  /** ROUGE-N: clipped overlap of n-grams. */
  public static Rouge ngrams(List<String> hypothesis, List<String> reference, int n) {
    Map<List<String>, Integer> ours = Ngrams.counts(hypothesis, n);
    Map<List<String>, Integer> theirs = Ngrams.counts(reference, n);
    return of(Ngrams.overlap(ours, theirs), Ngrams.total(ours), Ngrams.total(theirs));
  }

  /** ROUGE-L: the longest common subsequence. */
  public static Rouge longest(List<String> hypothesis, List<String> reference) {
    return of(common(reference, hypothesis).size(), hypothesis.size(), reference.size());
  }

  /**
   * ROUGE-Lsum: for each reference sentence the union of its longest common subsequences with all
   * sentences of the hypothesis, no token counted more often than either text holds it.
   */
  public static Rouge summary(List<List<String>> hypothesis, List<List<String>> reference) {
    Map<String, Integer> ours = tokens(hypothesis);
    Map<String, Integer> theirs = tokens(reference);
    int hypothesisSize = Ngrams.total(ours);
    int referenceSize = Ngrams.total(theirs);
    int hits = 0;
    for (List<String> sentence : reference) {
      TreeSet<Integer> union = new TreeSet<>();
      hypothesis.forEach(other -> union.addAll(common(sentence, other)));
      for (int i : union) {
        String token = sentence.get(i);
        if (ours.getOrDefault(token, 0) > 0 && theirs.getOrDefault(token, 0) > 0) {
          hits++;
          ours.merge(token, -1, Integer::sum);
          theirs.merge(token, -1, Integer::sum);
        }
      }
    }
    return of(hits, hypothesisSize, referenceSize);
  }

  private static Map<String, Integer> tokens(List<List<String>> sentences) {
    Map<String, Integer> counts = new HashMap<>();
    sentences.forEach(sentence -> sentence.forEach(t -> counts.merge(t, 1, Integer::sum)));
    return counts;
  }

  private static Rouge of(int hits, int hypothesis, int reference) {
    return new Rouge(
        hypothesis == 0 ? 0 : (double) hits / hypothesis,
        reference == 0 ? 0 : (double) hits / reference);
  }

  /** Places in {@code a} of a longest common subsequence. */
  private static List<Integer> common(List<String> a, List<String> b) {
    int[][] length = new int[a.size() + 1][b.size() + 1];
    for (int i = 1; i <= a.size(); i++) {
      for (int j = 1; j <= b.size(); j++) {
        length[i][j] =
            a.get(i - 1).equals(b.get(j - 1))
                ? length[i - 1][j - 1] + 1
                : Math.max(length[i - 1][j], length[i][j - 1]);
      }
    }
    Integer[] places = new Integer[length[a.size()][b.size()]];
    int at = places.length;
    int i = a.size();
    int j = b.size();
    while (at > 0) {
      if (a.get(i - 1).equals(b.get(j - 1))) {
        i--;
        j--;
        places[--at] = i;
      } else if (length[i][j - 1] > length[i - 1][j]) {
        j--;
      } else {
        i--;
      }
    }
    return new ArrayList<>(Arrays.asList(places));
  }
}
