package dev.assay.metrics.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * chrF and chrF++ (Popović 2015, 2017): the F score of character n-grams, and of word n-grams, as
 * sacrebleu computes it: counts summed over the corpus, precision and recall averaged over orders.
 *
 * @param characterOrder longest runs of characters, usually 6; white space is left out
 * @param wordOrder longest runs of words; 2 for chrF++, 0 for none
 * @param beta weight of recall over precision, usually 2
 * @param smoothed whether the F scores of orders are averaged instead, an order without n-grams
 *     counting nearly 0
 */
public record Chrf(int characterOrder, int wordOrder, double beta, boolean smoothed) {
  /** chrF2. */
  public static final Chrf CHRF = new Chrf(6, 0, 2, false);

  /** chrF2++. */
  public static final Chrf CHRF_PLUS_PLUS = new Chrf(6, 2, 2, false);

  private static final double TINY = 1e-16;
  private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

  /**
   * The score of a corpus, 0 to 100; of several references the best for each segment counts.
   *
   * @param references [sets][segments], each set as long as the hypotheses
   * @throws IllegalArgumentException if there are no references, or a set is not as long
   */
  public double corpus(List<String> hypotheses, List<List<String>> references) {
    References.check(hypotheses, references);
    double[] sums = new double[3 * (characterOrder + wordOrder)];
    for (int s = 0; s < hypotheses.size(); s++) {
      int segment = s;
      double[] counts =
          counts(hypotheses.get(s), references.stream().map(set -> set.get(segment)).toList());
      Arrays.setAll(sums, i -> sums[i] + counts[i]);
    }
    return score(sums);
  }

  /**
   * What the score of a corpus is made of, for one segment and the reference that suits it best:
   * for each order the n-grams of the hypothesis, of the reference, and of both. Over a corpus they
   * are summed.
   */
  public double[] counts(String hypothesis, List<String> references) {
    double[] best = {};
    double most = -1;
    for (String reference : references) {
      double[] counts = counts(hypothesis, reference);
      double score = score(counts);
      if (score > most) {
        most = score;
        best = counts;
      }
    }
    return best;
  }

  /** What must be equal for scores to compare. */
  public String signature(int references) {
    return "nrefs:%d|case:mixed|eff:%s|nc:%d|nw:%d|space:no"
        .formatted(references, smoothed ? "no" : "yes", characterOrder, wordOrder);
  }

  private double[] counts(String hypothesis, String reference) {
    double[] counts = new double[3 * (characterOrder + wordOrder)];
    List<String> ours = characters(hypothesis);
    List<String> theirs = characters(reference);
    for (int n = 1; n <= characterOrder; n++) {
      put(ours, theirs, n, counts, 3 * (n - 1));
    }
    for (int n = 1; n <= wordOrder; n++) {
      put(words(hypothesis), words(reference), n, counts, 3 * (characterOrder + n - 1));
    }
    return counts;
  }

  /** N-grams of the hypothesis count only where the reference is long enough to have some. */
  private static void put(
      List<String> hypothesis, List<String> reference, int n, double[] counts, int at) {
    Map<List<String>, Integer> ours = Ngrams.counts(hypothesis, n);
    Map<List<String>, Integer> theirs = Ngrams.counts(reference, n);
    counts[at] = theirs.isEmpty() ? 0 : Ngrams.total(ours);
    counts[at + 1] = Ngrams.total(theirs);
    counts[at + 2] = Ngrams.overlap(ours, theirs);
  }

  /** The score, 0 to 100, of sums of {@link #counts}. */
  public double score(double[] sums) {
    double precision = 0;
    double recall = 0;
    double smooth = 0;
    int orders = 0;
    for (int at = 0; at < sums.length; at += 3) {
      double p = sums[at] > 0 ? sums[at + 2] / sums[at] : TINY;
      double r = sums[at + 1] > 0 ? sums[at + 2] / sums[at + 1] : TINY;
      smooth += f(p, r, TINY);
      if (sums[at] > 0 && sums[at + 1] > 0) {
        precision += p;
        recall += r;
        orders++;
      }
    }
    if (smoothed) {
      return 100 * smooth * 3 / sums.length;
    }
    return orders == 0 ? 0 : 100 * f(precision / orders, recall / orders, 0);
  }

  private double f(double precision, double recall, double otherwise) {
    double weight = beta * beta;
    double below = weight * precision + recall;
    return below > 0 ? (1 + weight) * precision * recall / below : otherwise;
  }

  private static List<String> characters(String text) {
    return Tokens.characters(String.join("", Tokens.words(text)));
  }

  /** Words with one mark of punctuation cut off, at the end or else at the front. */
  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    for (String word : Tokens.words(text)) {
      int last = word.length() - 1;
      if (last > 0 && PUNCTUATION.indexOf(word.charAt(last)) >= 0) {
        words.add(word.substring(0, last));
        words.add(word.substring(last));
      } else if (last > 0 && PUNCTUATION.indexOf(word.charAt(0)) >= 0) {
        words.add(word.substring(0, 1));
        words.add(word.substring(1));
      } else {
        words.add(word);
      }
    }
    return words;
  }
}
