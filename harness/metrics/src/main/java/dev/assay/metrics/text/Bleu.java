package dev.assay.metrics.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/**
 * BLEU (Papineni et al. 2002) with the conventions of sacrebleu (Post 2018): clipped counts summed
 * over the corpus, the closest reference length, of equally close ones the shorter.
 *
 * @param tokens how segments are cut
 * @param lowercase whether case is dropped first
 * @param smoothing what stands for orders without a match
 * @param effectiveOrder whether orders longer than the hypothesis are left out, for sentences
 * @param order longest n-grams, usually 4
 */
public record Bleu(
    Tokens tokens, boolean lowercase, Smoothing smoothing, boolean effectiveOrder, int order) {
  /** As sacrebleu scores a corpus unless told otherwise. */
  public static final Bleu CORPUS =
      new Bleu(Tokens.MTEVAL_13A, false, new Smoothing.Exponential(), false, 4);

  /** The same without regard to case. */
  public static final Bleu LOWERCASE =
      new Bleu(Tokens.MTEVAL_13A, true, new Smoothing.Exponential(), false, 4);

  public Bleu {
    if (order < 1) {
      throw new IllegalArgumentException("order: " + order + "; at least 1");
    }
  }

  /** What stands for the matches of an order that has none (Chen and Cherry 2014). */
  public sealed interface Smoothing {
    /** Nothing: the score is 0. */
    record None() implements Smoothing {}

    /** ½ a match for the first such order, ¼ for the next, and so on. */
    record Exponential() implements Smoothing {}

    /**
     * @param value matches, such as 0.1
     */
    record Floor(double value) implements Smoothing {}

    /**
     * @param k added to matches and totals of all orders above 1, such as 1
     */
    record AddK(double k) implements Smoothing {}
  }

  /**
   * A score and what it was made of.
   *
   * @param score from 0 to 100
   * @param counts matches by order
   * @param totals n-grams of the hypotheses by order
   * @param brevityPenalty 1 unless the hypotheses are shorter than the references
   * @param hypothesisLength tokens
   * @param referenceLength tokens of the closest references
   */
  public record Score(
      double score,
      int[] counts,
      int[] totals,
      double brevityPenalty,
      int hypothesisLength,
      int referenceLength) {}

  /**
   * The score of a corpus.
   *
   * @param references [sets][segments], each set as long as the hypotheses
   * @throws IllegalArgumentException if there are no references, or a set is not as long
   */
  public Score corpus(List<String> hypotheses, List<List<String>> references) {
    References.check(hypotheses, references);
    double[] sums = new double[2 * order + 2];
    for (int s = 0; s < hypotheses.size(); s++) {
      int segment = s;
      double[] counts =
          counts(hypotheses.get(s), references.stream().map(set -> set.get(segment)).toList());
      Arrays.setAll(sums, i -> sums[i] + counts[i]);
    }
    return score(sums);
  }

  /**
   * What the score of a corpus is made of, for one segment: matches by order, n-grams of the
   * hypothesis by order, its tokens, those of the closest reference. Over a corpus they are summed.
   */
  public double[] counts(String hypothesis, List<String> references) {
    List<String> ours = cut(hypothesis);
    List<List<String>> targets = references.stream().map(this::cut).toList();
    double[] counts = new double[2 * order + 2];
    for (int n = 1; n <= order; n++) {
      Map<List<String>, Integer> most = new HashMap<>();
      for (List<String> target : targets) {
        Ngrams.counts(target, n).forEach((ngram, times) -> most.merge(ngram, times, Math::max));
      }
      counts[n - 1] = Ngrams.overlap(Ngrams.counts(ours, n), most);
      counts[order + n - 1] = Math.max(0, ours.size() - n + 1);
    }
    counts[2 * order] = ours.size();
    counts[2 * order + 1] = closest(ours.size(), targets);
    return counts;
  }

  /** The score of sums of {@link #counts}. */
  public Score score(double[] sums) {
    int[] whole = Arrays.stream(sums).mapToInt(sum -> (int) sum).toArray();
    int[] counts = Arrays.copyOf(whole, order);
    int[] totals = Arrays.copyOfRange(whole, order, 2 * order);
    int hypothesisLength = whole[2 * order];
    int referenceLength = whole[2 * order + 1];
    double brevity =
        hypothesisLength >= referenceLength
            ? 1
            : hypothesisLength == 0 ? 0 : Math.exp(1 - (double) referenceLength / hypothesisLength);
    double score = 100 * brevity * precision(counts, totals);
    return new Score(score, counts, totals, brevity, hypothesisLength, referenceLength);
  }

  /** The score of one segment against its references. */
  public Score sentence(String hypothesis, List<String> references) {
    return corpus(List.of(hypothesis), references.stream().map(List::of).toList());
  }

  /** What must be equal for scores to compare. */
  public String signature(int references) {
    String smooth =
        switch (smoothing) {
          case Smoothing.None() -> "none";
          case Smoothing.Exponential() -> "exp";
          case Smoothing.Floor(double value) -> "floor[%.2f]".formatted(value);
          case Smoothing.AddK(double k) -> "add-k[%.2f]".formatted(k);
        };
    return "nrefs:%d|case:%s|eff:%s|tok:%s|smooth:%s"
        .formatted(
            references,
            lowercase ? "lc" : "mixed",
            effectiveOrder ? "yes" : "no",
            tokens.id(),
            smooth);
  }

  private List<String> cut(String segment) {
    return tokens.of(lowercase ? Tokens.lower(segment) : segment);
  }

  private static int closest(int length, List<List<String>> targets) {
    int best = targets.getFirst().size();
    for (List<String> target : targets) {
      int gap = Math.abs(target.size() - length);
      int least = Math.abs(best - length);
      best = gap < least || (gap == least && target.size() < best) ? target.size() : best;
    }
    return best;
  }

  /** The geometric mean of the precisions; 0 where there is no match at all. */
  private double precision(int[] counts, int[] totals) {
    if (Arrays.stream(counts).sum() == 0) {
      return 0;
    }
    List<Double> logs = new ArrayList<>();
    IntToDoubleFunction added = n -> n > 0 && smoothing instanceof Smoothing.AddK(double k) ? k : 0;
    double halved = 1;
    for (int n = 0; n < order && totals[n] + added.applyAsDouble(n) > 0; n++) {
      double matches = counts[n] + added.applyAsDouble(n);
      if (matches == 0) {
        halved /= 2;
        matches =
            switch (smoothing) {
              case Smoothing.Exponential() -> halved;
              case Smoothing.Floor(double value) -> value;
              case Smoothing.None(), Smoothing.AddK(_) -> 0;
            };
      }
      logs.add(Math.log(matches / (totals[n] + added.applyAsDouble(n))));
    }
    if (logs.size() < order && !effectiveOrder) {
      return 0;
    }
    return Math.exp(logs.stream().mapToDouble(log -> log).average().orElseThrow());
  }
}
