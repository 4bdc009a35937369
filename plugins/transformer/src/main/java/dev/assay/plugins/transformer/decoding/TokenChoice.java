package dev.assay.plugins.transformer.decoding;

import dev.assay.tensor.RandomStream;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How the next token follows from logits: the likeliest one, or a draw from softmax(logits /
 * temperature) cut to the {@code topK} likeliest tokens (Fan et al. 2018) and then to the smallest
 * set of likeliest tokens of at least probability {@code topP} (Holtzman et al. 2020), and
 * renormalised. Among equal logits the smaller token counts as likelier.
 *
 * @param greedy whether to take the likeliest token; then nothing is drawn
 * @param temperature positive; 1 is the model itself
 * @param topK tokens to choose from; 0 for all
 * @param topP probability to choose from, in (0, 1]; 1 for all
 */
public record TokenChoice(boolean greedy, double temperature, int topK, double topP) {
  public TokenChoice {
    if (!(temperature > 0)) {
      throw new IllegalArgumentException("temperature must be positive: " + temperature);
    }
    if (topK < 0) {
      throw new IllegalArgumentException("top k must be at least 0: " + topK);
    }
    if (!(topP > 0 && topP <= 1)) {
      throw new IllegalArgumentException("top p must be in (0, 1]: " + topP);
    }
  }

  /**
   * The next token, 0 … count − 1.
   *
   * @param logits holds the token's logits from index {@code from}
   * @param random one number is drawn unless greedy
   */
  public int choose(float[] logits, int from, int count, RandomStream random) {
    if (greedy) {
      return likeliest(logits, from, count);
    }
    boolean all = (topK == 0 || topK >= count) && topP == 1;
    int[] order = all ? IntStream.range(0, count).toArray() : ranked(logits, from, count);
    double[] weights = weights(logits, from, order);
    int kept = all || topK == 0 ? count : Math.min(topK, count);
    kept = nucleus(weights, kept);
    return order[draw(weights, kept, random.nextDouble())];
  }

  private static int likeliest(float[] logits, int from, int count) {
    int best = 0;
    for (int i = 1; i < count; i++) {
      if (logits[from + i] > logits[from + best]) {
        best = i;
      }
    }
    return best;
  }

  private static int[] ranked(float[] logits, int from, int count) {
    return IntStream.range(0, count)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -logits[from + i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** exp((logit − largest) / temperature), in the given order. */
  private double[] weights(float[] logits, int from, int[] order) {
    double max = logits[from + likeliest(logits, from, order.length)];
    double[] weights = new double[order.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.exp((logits[from + order[i]] - max) / temperature);
    }
    return weights;
  }

  /** How many of the {@code kept} first weights hold {@code topP} of their sum. */
  private int nucleus(double[] weights, int kept) {
    if (topP == 1) {
      return kept;
    }
    double wanted = topP * sum(weights, kept);
    double total = 0;
    int used = 0;
    do {
      total += weights[used++];
    } while (used < kept && total < wanted);
    return used;
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
