package dev.assay.data.prepare;

import dev.assay.tensor.RandomStream;

/** Levels to 0 or 1, in place. */
sealed interface Binarizer {
  /**
   * @param data where the example stands
   * @param from index of its first number
   * @param width numbers in it
   * @param key key of the example's own stream
   */
  void apply(float[] data, int from, int width, long key);

  /** 1 where the level is at least {@code threshold}. */
  record Threshold(int threshold) implements Binarizer {
    @Override
    public void apply(float[] data, int from, int width, long key) {
      for (int i = from; i < from + width; i++) {
        data[i] = data[i] >= threshold ? 1 : 0;
      }
    }
  }

  /** 1 with probability level / {@code top}; number j uses word j of the example's stream. */
  record Bernoulli(int top) implements Binarizer {
    @Override
    public void apply(float[] data, int from, int width, long key) {
      long own = RandomStream.derive(key, 1);
      int[] words = new int[4];
      for (int start = 0; start < width; start += 4) {
        int end = Math.min(start + 4, width);
        if (isDecided(data, from + start, from + end)) {
          for (int i = from + start; i < from + end; i++) {
            data[i] = data[i] > 0 ? 1 : 0;
          }
          continue;
        }
        RandomStream.philox(own, start >>> 2, words);
        for (int i = start; i < end; i++) {
          // Uniform on 0 … top − 1, so that it is below a level with probability level / top.
          long uniform = ((words[i - start] & 0xFFFFFFFFL) * top) >>> 32;
          data[from + i] = uniform < data[from + i] ? 1 : 0;
        }
      }
    }

    /** No draw can matter: every level is 0 or the top one, as most of a drawing is. */
    private boolean isDecided(float[] data, int from, int to) {
      for (int i = from; i < to; i++) {
        if (data[i] != 0 && data[i] != top) {
          return false;
        }
      }
      return true;
    }
  }
}
