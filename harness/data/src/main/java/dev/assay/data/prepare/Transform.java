package dev.assay.data.prepare;

import dev.assay.tensor.RandomStream;

/**
 * An invertible map from raw numbers to what a model sees, one example at a time, in place. An
 * example is {@code data[from] … data[from + width − 1]}.
 */
sealed interface Transform {
  /**
   * Raw numbers to model form.
   *
   * @param key key of the example's own stream, for noise
   */
  void forward(float[] data, int from, int width, long key);

  /** Model form to raw numbers; levels are whole and within their range. */
  void inverse(float[] data, int from, int width);

  /**
   * ln |det ∂forward/∂raw| at the example whose model form stands in {@code data}: −ln p of the raw
   * numbers is −ln p of the model form less this.
   */
  double logDetJacobian(float[] data, int from, int width);

  /** Nothing: raw numbers, labels and texts. */
  record Identity() implements Transform {
    @Override
    public void forward(float[] data, int from, int width, long key) {}

    @Override
    public void inverse(float[] data, int from, int width) {}

    @Override
    public double logDetJacobian(float[] data, int from, int width) {
      return 0;
    }
  }

  /**
   * (x − mean) / deviation, each column with its own.
   *
   * @param mean of each column; a single one serves all columns
   * @param deviation positive, as many as means
   */
  record Standardize(double[] mean, double[] deviation) implements Transform {
    @Override
    public void forward(float[] data, int from, int width, long key) {
      for (int j = 0; j < width; j++) {
        int column = column(j);
        data[from + j] = (float) ((data[from + j] - mean[column]) / deviation[column]);
      }
    }

    @Override
    public void inverse(float[] data, int from, int width) {
      for (int j = 0; j < width; j++) {
        data[from + j] = (float) invert(data[from + j], j);
      }
    }

    /** The raw number of column j, before it is rounded to a float. */
    double invert(float value, int j) {
      int column = column(j);
      return value * deviation[column] + mean[column];
    }

    @Override
    public double logDetJacobian(float[] data, int from, int width) {
      double sum = 0;
      for (int j = 0; j < width; j++) {
        sum -= Math.log(deviation[column(j)]);
      }
      return sum;
    }

    private int column(int j) {
      return mean.length == 1 ? 0 : j;
    }
  }

  /**
   * Uniform noise on [0, 1) added to whole levels, then {@code scale} (Uria, Murray and Larochelle
   * 2013, §2; Theis et al. 2016, §3.1: by Jensen's inequality the density of the sum gives a lower
   * bound on the mass of the level).
   *
   * <p>The noise stands on a grid of 2⁻¹⁵, so that for up to 256 levels a float holds the sum
   * exactly and {@link #inverse} finds the level again, whatever the noise.
   *
   * @param levels number of levels, from 0
   */
  record Dequantize(int levels, Standardize scale) implements Transform {
    private static final int NOISE_BITS = 15;

    @Override
    public void forward(float[] data, int from, int width, long key) {
      long own = RandomStream.derive(key, 2);
      int[] words = new int[4];
      for (int start = 0; start < width; start += 8) {
        RandomStream.philox(own, start >>> 3, words);
        int end = Math.min(start + 8, width);
        for (int j = start; j < end; j++) {
          int half = words[(j - start) >>> 1] >>> (16 * (j & 1)) & 0xFFFF;
          data[from + j] += ((half >>> (16 - NOISE_BITS)) + 0.5f) / (1 << NOISE_BITS);
        }
      }
      scale.forward(data, from, width, key);
    }

    @Override
    public void inverse(float[] data, int from, int width) {
      for (int j = 0; j < width; j++) {
        double level = Math.floor(scale.invert(data[from + j], j));
        data[from + j] = (float) Math.clamp(level, 0, levels - 1);
      }
    }

    @Override
    public double logDetJacobian(float[] data, int from, int width) {
      return scale.logDetJacobian(data, from, width);
    }
  }
}
