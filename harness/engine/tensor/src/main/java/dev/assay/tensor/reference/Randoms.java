package dev.assay.tensor.reference;

import dev.assay.tensor.Op.Distribution;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Tensor;

/** Draws of {@link dev.assay.tensor.Op.Random}. */
final class Randoms {
  private Randoms() {}

  static double[] draw(Tensor t, double[] keys, Distribution distribution, long path) {
    double[] y = new double[t.shape().size()];
    int streams = keys.length / 2;
    int length = y.length / Math.max(1, streams);
    for (int s = 0; s < streams; s++) {
      long key = ((long) keys[2 * s + 1] << 32) | ((long) keys[2 * s] & 0xFFFFFFFFL);
      long stream = RandomStream.derive(key, path);
      for (int i = 0; i < length; i++) {
        y[s * length + i] = element(stream, i, distribution);
      }
    }
    return y;
  }

  private static double element(long stream, int i, Distribution distribution) {
    int[] words = new int[4];
    RandomStream.philox(stream, i / 4, words);
    int lane = i % 4;
    if (distribution == Distribution.UNIFORM) {
      return RandomStream.uniform(words[lane]);
    }
    int first = lane / 2 * 2;
    double r = Math.sqrt(-2 * Math.log(RandomStream.uniform(words[first])));
    double angle = 2 * Math.PI * RandomStream.uniform(words[first + 1]);
    return lane == first ? r * Math.cos(angle) : r * Math.sin(angle);
  }
}
