package dev.assay.metrics.text;

import java.util.ArrayList;
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

  /** N-grams of one order: in the hypothesis, in the reference, in both. */
  private record Counts(int hypothesis, int reference, int both) {
    Counts plus(Counts other) {
      return new Counts(
          hypothesis + other.hypothesis, reference + other.reference, both + other.both);
    }
  }

  /**
   * The score of a corpus, 0 to 100; of several references the best for each segment counts.
   *
   * @param references [sets][segments], each set as long as the hypotheses
   * @throws IllegalArgumentException if there are no references, or a set is not as long
   */
  public double corpus(List<String> hypotheses, List<List<String>> references) {
    References.check(hypotheses, references);
    List<Counts> sums = new ArrayList<>();
    for (int n = 0; n < characterOrder + wordOrder; n++) {
      sums.add(new Counts(0, 0, 0));
    }
    for (int s = 0; s < hypotheses.size(); s++) {
      List<Counts> best = List.of();
      double most = -1;
      for (List<String> set : references) {
        List<Counts> counts = counts(hypotheses.get(s), set.get(s));
        double score = score(counts);
        if (score > most) {
          most = score;
          best = counts;
        }
      }
      for (int n = 0; n < sums.size(); n++) {
        sums.set(n, sums.get(n).plus(best.get(n)));
      }
    }
    return score(sums);
  }

  /** What must be equal for scores to compare. */
  public String signature(int references) {
    return "nrefs:%d|case:mixed|eff:%s|nc:%d|nw:%d|space:no"
        .formatted(references, smoothed ? "no" : "yes", characterOrder, wordOrder);
  }

  private List<Counts> counts(String hypothesis, String reference) {
    List<Counts> counts = new ArrayList<>();
    List<String> hypothesisCharacters = characters(hypothesis);
    List<String> referenceCharacters = characters(reference);
    for (int n = 1; n <= characterOrder; n++) {
      counts.add(counts(hypothesisCharacters, referenceCharacters, n));
    }
    for (int n = 1; n <= wordOrder; n++) {
      counts.add(counts(words(hypothesis), words(reference), n));
    }
    return counts;
  }

  /** N-grams of the hypothesis count only where the reference is long enough to have some. */
  private static Counts counts(List<String> hypothesis, List<String> reference, int n) {
    Map<List<String>, Integer> ours = Ngrams.counts(hypothesis, n);
    Map<List<String>, Integer> theirs = Ngrams.counts(reference, n);
    return new Counts(
        theirs.isEmpty() ? 0 : Ngrams.total(ours),
        Ngrams.total(theirs),
        Ngrams.overlap(ours, theirs));
  }

  private double score(List<Counts> counts) {
    double precision = 0;
    double recall = 0;
    double smooth = 0;
    int orders = 0;
    for (Counts order : counts) {
      double p = order.hypothesis > 0 ? (double) order.both / order.hypothesis : TINY;
      double r = order.reference > 0 ? (double) order.both / order.reference : TINY;
      smooth += f(p, r, TINY);
      if (order.hypothesis > 0 && order.reference > 0) {
        precision += p;
        recall += r;
        orders++;
      }
    }
    if (smoothed) {
      return 100 * smooth / counts.size();
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
