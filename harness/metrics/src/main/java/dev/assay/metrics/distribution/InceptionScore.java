package dev.assay.metrics.distribution;

import java.util.Arrays;

/**
 * exp of the mean Kullback-Leibler divergence from the classes of one image to the classes of all
 * (Salimans et al. 2016), in chunks.
 *
 * @param mean over chunks; from 1 to the number of classes
 * @param deviation over chunks, divisor the number of chunks
 */
public record InceptionScore(double mean, double deviation) {
  /**
   * The score of images in their given order: chunk s holds images ⌊s·n/splits⌋ to
   * ⌊(s+1)·n/splits⌋.
   *
   * @param logits [images, classes], before the softmax
   * @param splits chunks, from 1 to the number of images
   * @throws IllegalArgumentException for a number of chunks out of range
   */
  public static InceptionScore of(double[][] logits, int splits) {
    int n = logits.length;
    if (splits < 1 || splits > n) {
      throw new IllegalArgumentException(
          "splits: %d; from 1 to the %d images".formatted(splits, n));
    }
    double[] scores = new double[splits];
    for (int s = 0; s < splits; s++) {
      int from = (int) ((long) s * n / splits);
      int to = (int) ((long) (s + 1) * n / splits);
      scores[s] = score(Arrays.copyOfRange(logits, from, to));
    }
    double mean = Arrays.stream(scores).average().orElseThrow();
    double squares = Arrays.stream(scores).map(score -> (score - mean) * (score - mean)).sum();
    return new InceptionScore(mean, Math.sqrt(squares / splits));
  }

  private static double score(double[][] logits) {
    double[][] logs =
        Arrays.stream(logits).map(InceptionScore::logSoftmax).toArray(double[][]::new);
    int classes = logs[0].length;
    double information = 0;
    for (int k = 0; k < classes; k++) {
      int label = k;
      double marginal =
          Arrays.stream(logs).mapToDouble(l -> Math.exp(l[label])).average().orElse(0);
      for (double[] row : logs) {
        double p = Math.exp(row[k]);
        information += p == 0 ? 0 : p * (row[k] - Math.log(marginal)) / logs.length;
      }
    }
    return Math.exp(information);
  }

  private static double[] logSoftmax(double[] logits) {
    double top = Arrays.stream(logits).max().orElseThrow();
    double log = top + Math.log(Arrays.stream(logits).map(l -> Math.exp(l - top)).sum());
    return Arrays.stream(logits).map(l -> l - log).toArray();
  }
}
