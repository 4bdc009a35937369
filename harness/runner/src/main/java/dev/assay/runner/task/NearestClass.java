package dev.assay.runner.task;

import dev.assay.spi.Batch;
import dev.assay.spi.Values;

/**
 * Tells the class of an example by that of the nearest training example, Euclidean, in raw units.
 *
 * @param classes of the examples
 * @param judge names this in signatures
 */
record NearestClass(Values.Dense examples, int[] classes, String judge) {
  /** Training examples that are looked at. */
  private static final int MOST = 5000;

  static NearestClass of(Batch train) {
    Batch seen = Spread.of(train, MOST);
    String judge = "nearest-of-" + seen.count() + (seen.count() < train.count() ? "-spread" : "");
    return new NearestClass(seen.dense(), ((Values.Labels) seen.condition()).labels(), judge);
  }

  /**
   * The share of examples that are of the class they should be.
   *
   * @param wanted the class of each
   */
  Outcome.Value accuracy(String name, Values.Dense of, int[] wanted) {
    int n = wanted.length;
    int right = 0;
    for (int i = 0; i < n; i++) {
      right += of(of.data(), i * of.width()) == wanted[i] ? 1 : 0;
    }
    return Shares.value(name, (double) right / n, n, "judge:" + judge);
  }

  private int of(float[] data, int from) {
    int width = examples.width();
    int nearest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int j = 0; j < classes.length; j++) {
      double squares = 0;
      for (int k = 0; k < width && squares < least; k++) {
        double miss = data[from + k] - examples.data()[j * width + k];
        squares += miss * miss;
      }
      if (squares < least) {
        least = squares;
        nearest = j;
      }
    }
    return classes[nearest];
  }
}
