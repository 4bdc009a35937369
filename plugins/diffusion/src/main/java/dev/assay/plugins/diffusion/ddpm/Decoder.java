package dev.assay.plugins.diffusion.ddpm;

import dev.assay.spi.ScoreMethod.Measure;
import dev.assay.tensor.Tensor;

/** The last step p(x₀ | x₁), around a mean and with a deviation that are known. */
sealed interface Decoder {
  Measure measure();

  /** Data as the network sees them. */
  float[] forward(float[] data);

  /** What a sample is in the form of the data. */
  float[] backward(float[] x);

  /** Predictions of x₀ within the range of the data. */
  Tensor limit(Tensor x0);

  /**
   * ln p(x₀ | x₁) in nats: x and mean [rows, width], as the network sees them → [rows].
   *
   * @param sigma deviation
   */
  Tensor logProbability(Tensor x, Tensor mean, double sigma);

  /** Real numbers. */
  record Gaussian() implements Decoder {
    private static final double LOG_SQRT_TWO_PI = 0.5 * Math.log(2 * Math.PI);

    @Override
    public Measure measure() {
      return Measure.DENSITY;
    }

    @Override
    public float[] forward(float[] data) {
      return data;
    }

    @Override
    public float[] backward(float[] x) {
      return x;
    }

    @Override
    public Tensor limit(Tensor x0) {
      return x0;
    }

    @Override
    public Tensor logProbability(Tensor x, Tensor mean, double sigma) {
      Tensor z = x.sub(mean).mul((float) (1 / sigma));
      return z.square().mul(0.5f).add((float) (Math.log(sigma) + LOG_SQRT_TWO_PI)).sum(-1).neg();
    }
  }

  /**
   * Levels 0 … levels − 1 on [−1, 1]: the mass of the normal on each level's bin, the outer bins to
   * infinity. Ho et al. 2020, eq. 13.
   *
   * @param levels at least 2
   */
  record Discretized(int levels) implements Decoder {
    @Override
    public Measure measure() {
      return Measure.MASS;
    }

    @Override
    public float[] forward(float[] data) {
      float[] x = new float[data.length];
      for (int i = 0; i < x.length; i++) {
        x[i] = 2 * data[i] / (levels - 1) - 1;
      }
      return x;
    }

    /** The nearest level. */
    @Override
    public float[] backward(float[] x) {
      float[] data = new float[x.length];
      for (int i = 0; i < x.length; i++) {
        int nearest = Math.round((x[i] + 1) / 2 * (levels - 1));
        data[i] = Float.isFinite(x[i]) ? Math.clamp(nearest, 0, levels - 1) : x[i];
      }
      return data;
    }

    @Override
    public Tensor limit(Tensor x0) {
      return x0.max(-1).min(1);
    }

    @Override
    public Tensor logProbability(Tensor x, Tensor mean, double sigma) {
      float half = 1f / (levels - 1);
      Tensor lowest = x.less(Tensor.scalar(-1 + half));
      Tensor highest = Tensor.scalar(1 - half).less(x);
      Tensor z = x.sub(mean).mul((float) (1 / sigma));
      return NormalBin.logMass(z, half / sigma, lowest, highest).sum(-1);
    }
  }
}
