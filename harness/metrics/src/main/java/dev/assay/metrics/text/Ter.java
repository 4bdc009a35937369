package dev.assay.metrics.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Translation edit rate (Snover et al. 2006): insertions, deletions, substitutions and shifts of
 * runs of words, per reference word. Shifts are found greedily within tercom's limits, as sacrebleu
 * does; case is dropped, words are cut at white space.
 */
public final class Ter {
  private static final int LONGEST = 10;
  private static final int FARTHEST = 50;
  private static final int CANDIDATES = 1000;

  private Ter() {}

  /**
   * The rate of a corpus in percent; may exceed 100. For each segment the fewest edits to any
   * reference count, over the mean length of its references.
   *
   * @param references [sets][segments], each set as long as the hypotheses
   * @throws IllegalArgumentException if there are no references, or a set is not as long
   */
  public static double corpus(List<String> hypotheses, List<List<String>> references) {
    References.check(hypotheses, references);
    double[] sums = new double[2];
    for (int s = 0; s < hypotheses.size(); s++) {
      int segment = s;
      double[] counts =
          counts(hypotheses.get(s), references.stream().map(set -> set.get(segment)).toList());
      sums[0] += counts[0];
      sums[1] += counts[1];
    }
    return score(sums);
  }

  /**
   * What the rate of a corpus is made of, for one segment: the fewest edits to any reference, and
   * the mean length of its references. Over a corpus they are summed.
   */
  public static double[] counts(String hypothesis, List<String> references) {
    List<String> words = Tokens.words(Tokens.lower(hypothesis));
    int fewest = Integer.MAX_VALUE;
    double length = 0;
    for (String reference : references) {
      List<String> target = Tokens.words(Tokens.lower(reference));
      fewest = Math.min(fewest, edits(words, target));
      length += (double) target.size() / references.size();
    }
    return new double[] {fewest, length};
  }

  /** The rate in percent of sums of {@link #counts}. */
  public static double score(double[] sums) {
    if (sums[1] > 0) {
      return 100 * sums[0] / sums[1];
    }
    return sums[0] > 0 ? 100 : 0;
  }

  /** What must be equal for scores to compare. */
  public static String signature(int references) {
    return "nrefs:" + references + "|case:lc|tok:tercom|norm:no|punct:yes|asian:no";
  }

  /** Shifts and edits that lead from the hypothesis to the reference. */
  static int edits(List<String> hypothesis, List<String> reference) {
    if (reference.isEmpty()) {
      return hypothesis.size();
    }
    List<String> words = hypothesis;
    int shifts = 0;
    int tried = 0;
    while (true) {
      Search search = new Search(words, reference, tried);
      search.run();
      tried = search.tried;
      if (tried >= CANDIDATES || search.gain <= 0) {
        return shifts + new Alignment(words, reference).edits();
      }
      words = search.best;
      shifts++;
    }
  }

  /** The best single shift: most edits saved, then longest, then leftmost, then to the leftmost. */
  private static final class Search {
    private final List<String> words;
    private final List<String> reference;
    private final Alignment alignment;
    private int tried;
    private int gain;
    private List<String> best;
    private int[] rank = {};

    Search(List<String> words, List<String> reference, int tried) {
      this.words = words;
      this.reference = reference;
      this.tried = tried;
      alignment = new Alignment(words, reference);
      best = words;
    }

    void run() {
      for (int from = 0; from < words.size(); from++) {
        for (int at = 0; at < reference.size(); at++) {
          if (Math.abs(at - from) <= FARTHEST) {
            for (int length = 1; length <= matching(from, at); length++) {
              if (useful(from, at, length)) {
                place(from, at, length);
              }
              if (tried >= CANDIDATES) {
                return;
              }
            }
          }
        }
      }
    }

    private int matching(int from, int at) {
      int length = 0;
      while (length < LONGEST
          && from + length < words.size()
          && at + length < reference.size()
          && words.get(from + length).equals(reference.get(at + length))) {
        length++;
      }
      return length;
    }

    /** Both sides hold errors, and the words are not aligned with their own place. */
    private boolean useful(int from, int at, int length) {
      int aligned = alignment.place(at);
      return alignment.wrongWords(from, from + length)
          && alignment.wrongReferences(at, at + length)
          && !(from <= aligned && aligned < from + length);
    }

    /** Tries the gaps before and behind the words that the target is aligned with. */
    private void place(int from, int at, int length) {
      int previous = -1;
      for (int offset = -1; offset < length && at + offset < reference.size(); offset++) {
        int target = at + offset == -1 ? 0 : alignment.place(at + offset) + 1;
        if (target != previous) {
          previous = target;
          List<String> shifted = shift(from, length, target);
          int saved = alignment.edits() - new Alignment(shifted, reference).edits();
          int[] candidate = {saved, length, -from, -target};
          tried++;
          if (rank.length == 0 || Arrays.compare(candidate, rank) > 0) {
            rank = candidate;
            gain = saved;
            best = shifted;
          }
        }
      }
    }

    /** With words [from, from + length) in front of place {@code target} of the old order. */
    private List<String> shift(int from, int length, int target) {
      List<String> moved = words.subList(from, from + length);
      List<String> rest = new ArrayList<>(words);
      rest.subList(from, from + length).clear();
      int place = target < from ? target : target > from + length ? target - length : target;
      rest.addAll(Math.min(place, rest.size()), moved);
      return rest;
    }
  }
}
