package dev.assay.runner.execute;

import dev.assay.spi.Values;

/** Which training example each sample is closest to, by Euclidean distance. */
final class NearestExamples {
  /** Numbers between two looks at whether an example is too far already. */
  private static final int STRETCH = 64;

  private NearestExamples() {}

  /**
   * @param samples values of the same width as the examples
   * @param examples at least one
   * @return for each sample the index of its nearest example; of equally near ones the first
   */
  static int[] of(Values.Dense samples, Values.Dense examples) {
    int[] nearest = new int[samples.count()];
    int width = examples.width();
    for (int i = 0; i < nearest.length; i++) {
      float best = Float.POSITIVE_INFINITY;
      for (int j = 0; j < examples.count(); j++) {
        float distance =
            squared(samples.data(), i * width, examples.data(), j * width, width, best);
        if (distance < best) {
          best = distance;
          nearest[i] = j;
        }
      }
    }
    return nearest;
  }

  /** Squared distance, or some number that is not below {@code limit} if the distance is not. */
  private static float squared(float[] a, int fromA, float[] b, int fromB, int width, float limit) {
    float sum = 0;
    for (int start = 0; start < width && sum < limit; start += STRETCH) {
      int end = Math.min(width, start + STRETCH);
      float even = 0;
      float odd = 0;
      int k = start;
      for (; k + 1 < end; k += 2) {
        float first = a[fromA + k] - b[fromB + k];
        float second = a[fromA + k + 1] - b[fromB + k + 1];
        even += first * first;
        odd += second * second;
      }
      if (k < end) {
        float last = a[fromA + k] - b[fromB + k];
        even += last * last;
      }
      sum += even + odd;
    }
    return sum;
  }
}
