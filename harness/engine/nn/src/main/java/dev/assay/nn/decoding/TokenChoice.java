package dev.assay.nn.decoding;

import dev.assay.tensor.RandomStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How the next token follows from logits. In this order:
 *
 * <ol>
 *   <li>{@code repetitionPenalty} θ: logits of tokens that the sequence holds already are divided
 *       by θ where positive and multiplied by it where negative (Keskar et al. 2019, §4.1, with the
 *       sign minded);
 *   <li>{@code greedy}: the likeliest token, and nothing of what follows;
 *   <li>{@code temperature} divides all logits;
 *   <li>{@code topK}: the likeliest tokens, so many (Fan et al. 2018);
 *   <li>{@code topP}: of these, the smallest set of likeliest tokens that holds this share of the
 *       probability (Holtzman et al. 2020);
 *   <li>{@code minP}: of these, those of at least this share of the likeliest one's probability
 *       (Nguyen et al. 2024);
 *   <li>{@code typicalP}: of these, the smallest set that holds this share of the probability,
 *       taken in the order of how near −ln p is to its mean (Meister et al. 2023);
 *   <li>a draw from what is left, renormalised.
 * </ol>
 *
 * Shares are of what the step before left. Among equal tokens the smaller number comes first.
 *
 * @param greedy whether to take the likeliest token; then nothing is drawn
 * @param temperature positive; 1 is the model itself
 * @param topK tokens to choose from; 0 for all
 * @param topP in (0, 1]; 1 for all
 * @param minP in [0, 1]; 0 for all
 * @param typicalP in (0, 1]; 1 for all
 * @param repetitionPenalty positive; 1 for none, above 1 makes repetition rarer
 */
public record TokenChoice(
    boolean greedy,
    double temperature,
    int topK,
    double topP,
    double minP,
    double typicalP,
    double repetitionPenalty) {
  public TokenChoice {
    check(temperature > 0, "temperature must be positive: ", temperature);
    check(topK >= 0, "top k must be at least 0: ", topK);
    check(topP > 0 && topP <= 1, "top p must be in (0, 1]: ", topP);
    check(minP >= 0 && minP <= 1, "min p must be in [0, 1]: ", minP);
    check(typicalP > 0 && typicalP <= 1, "typical p must be in (0, 1]: ", typicalP);
    check(repetitionPenalty > 0, "the repetition penalty must be positive: ", repetitionPenalty);
  }

  private static void check(boolean holds, String rule, Number value) {
    if (!holds) {
      throw new IllegalArgumentException(rule + value);
    }
  }

  /** Draws from the model itself. */
  public static TokenChoice model() {
    return new TokenChoice(false, 1, 0, 1, 0, 1, 1);
  }

  /** The likeliest token. */
  public static TokenChoice likeliest() {
    return new TokenChoice(true, 1, 0, 1, 0, 1, 1);
  }

  /**
   * The next token, 0 … count − 1.
   *
   * @param logits holds the token's logits from index {@code from}
   * @param held the sequence so far is held[0 … size − 1]
   * @param random one number is drawn unless greedy
   */
  public int choose(
      float[] logits, int from, int count, int[] held, int size, RandomStream random) {
    double[] scores = new double[count];
    for (int i = 0; i < count; i++) {
      scores[i] = logits[from + i];
    }
    penalise(scores, held, size);
    if (greedy) {
      return best(scores);
    }
    boolean whole = (topK == 0 || topK >= count) && topP == 1 && minP == 0 && typicalP == 1;
    int[] order = whole ? IntStream.range(0, count).toArray() : ranked(scores);
    double[] weights = weights(scores, order);
    int kept = whole ? count : cut(weights, topK == 0 ? count : Math.min(topK, count));
    if (typicalP < 1) {
      kept = typical(order, weights, kept);
    }
    return order[draw(weights, kept, random.nextDouble())];
  }

  private void penalise(double[] scores, int[] held, int size) {
    if (repetitionPenalty == 1) {
      return;
    }
    int[] once = Arrays.stream(held, 0, size).filter(t -> t < scores.length).distinct().toArray();
    for (int token : once) {
      scores[token] *= scores[token] > 0 ? 1 / repetitionPenalty : repetitionPenalty;
    }
  }

  private static int best(double[] scores) {
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      if (scores[i] > scores[best]) {
        best = i;
      }
    }
    return best;
  }

  /**
   * Tokens by falling score: sorted as numbers whose high half is the score, turned upside down.
   */
  private static int[] ranked(double[] scores) {
    long[] keys = new long[scores.length];
    for (int i = 0; i < keys.length; i++) {
      int bits = Float.floatToIntBits((float) scores[i]);
      int rising = bits ^ ((bits >> (Integer.SIZE - 1)) & Integer.MAX_VALUE);
      keys[i] = (long) ~rising << Integer.SIZE | i;
    }
    Arrays.sort(keys);
    return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
  }

  /** exp((score − largest) / temperature), in the given order. */
  private double[] weights(double[] scores, int[] order) {
    double max = scores[best(scores)];
    double[] weights = new double[order.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.exp((scores[order[i]] - max) / temperature);
    }
    return weights;
  }

  /** How many of the {@code kept} first, falling weights pass top p and min p. */
  private int cut(double[] weights, int kept) {
    int used = topP == 1 ? kept : holding(weights, kept, topP);
    while (used > 1 && weights[used - 1] < minP * weights[0]) {
      used--;
    }
    return used;
  }

  /** How many of the {@code kept} first weights hold a share of their sum. */
  private static int holding(double[] weights, int kept, double share) {
    double wanted = share * sum(weights, kept);
    double total = 0;
    int used = 0;
    do {
      total += weights[used++];
    } while (used < kept && total < wanted);
    return used;
  }

  /** Puts the typical ones of the {@code kept} first tokens to the front; gives how many. */
  private int typical(int[] order, double[] weights, int kept) {
    double sum = sum(weights, kept);
    double entropy = 0;
    for (int i = 0; i < kept; i++) {
      double p = weights[i] / sum;
      entropy -= p == 0 ? 0 : p * Math.log(p);
    }
    double mean = entropy;
    int[] near =
        IntStream.range(0, kept)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> Math.abs(-Math.log(weights[i] / sum) - mean)))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] oldOrder = order.clone();
    double[] oldWeights = weights.clone();
    for (int i = 0; i < kept; i++) {
      order[i] = oldOrder[near[i]];
      weights[i] = oldWeights[near[i]];
    }
    return holding(weights, kept, typicalP);
  }

  /** The index below {@code kept} where the running sum passes {@code uniform} of the whole. */
  private static int draw(double[] weights, int kept, double uniform) {
    double target = uniform * sum(weights, kept);
    double total = 0;
    for (int i = 0; i < kept - 1; i++) {
      total += weights[i];
      if (target < total) {
        return i;
      }
    }
    return kept - 1;
  }

  private static double sum(double[] weights, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += weights[i];
    }
    return sum;
  }
}
