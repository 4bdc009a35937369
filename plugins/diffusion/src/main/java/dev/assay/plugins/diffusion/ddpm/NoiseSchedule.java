package dev.assay.plugins.diffusion.ddpm;

import dev.assay.plugins.diffusion.Level;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * The forward process q(x_t | x_{t−1}) = N(√(1 − β_t) x_{t−1}, β_t I), t = 1 … T. Ho et al. 2020,
 * eq. 2 and 4: ᾱ_t = Π (1 − β_s), and ᾱ_0 = 1.
 */
public final class NoiseSchedule {
  /** t = 0: no noise. */
  static final Level CLEAN = new Level(0, 1, 0);

  private static final double LINEAR_FROM = 1e-4;
  private static final double LINEAR_TO = 0.02;
  private static final double LINEAR_TIMESTEPS = 1000;
  private static final double COSINE_OFFSET = 0.008;
  private static final double MOST = 0.999;

  private final double[] beta;
  private final Level[] levels;

  /** Schedules by the names of the configuration. */
  public enum Kind {
    LINEAR,
    COSINE
  }

  /** How a sampler that skips timesteps spaces the others. */
  public enum Spacing {
    /** Evenly in t. */
    TIME,
    /** Evenly in the logarithm of the signal-to-noise ratio. Lu et al. 2022, appendix E. */
    SNR
  }

  private NoiseSchedule(double[] beta) {
    this.beta = beta;
    levels = new Level[beta.length];
    levels[0] = CLEAN;
    double kept = 1;
    double lost = 0;
    for (int t = 1; t < beta.length; t++) {
      lost += beta[t] * kept;
      kept *= 1 - beta[t];
      levels[t] = new Level(t, Math.sqrt(kept), Math.sqrt(lost));
    }
  }

  /**
   * @param timesteps T, at least 2
   */
  static NoiseSchedule of(Kind kind, int timesteps) {
    return switch (kind) {
      case LINEAR -> linear(timesteps);
      case COSINE -> cosine(timesteps);
    };
  }

  /**
   * β rises evenly from 10⁻⁴ to 0.02 at T = 1000 (Ho et al. 2020, §4); at other T it is scaled by
   * 1000 / T, so that as much noise is added in all.
   */
  private static NoiseSchedule linear(int timesteps) {
    double[] beta = new double[timesteps + 1];
    for (int t = 1; t <= timesteps; t++) {
      double rise = (LINEAR_TO - LINEAR_FROM) * (t - 1) / (timesteps - 1);
      beta[t] = Math.min(MOST, LINEAR_TIMESTEPS / timesteps * (LINEAR_FROM + rise));
    }
    return new NoiseSchedule(beta);
  }

  /**
   * ᾱ_t = f(t) / f(0), f = cos² ((t / T + s) / (1 + s) · π / 2). Nichol and Dhariwal 2021, eq. 17.
   */
  private static NoiseSchedule cosine(int timesteps) {
    double[] beta = new double[timesteps + 1];
    for (int t = 1; t <= timesteps; t++) {
      double ratio = cosine((double) t / timesteps) / cosine((t - 1.0) / timesteps);
      beta[t] = Math.min(MOST, 1 - ratio * ratio);
    }
    return new NoiseSchedule(beta);
  }

  private static double cosine(double part) {
    return Math.cos((part + COSINE_OFFSET) / (1 + COSINE_OFFSET) * Math.PI / 2);
  }

  /** T. */
  int timesteps() {
    return beta.length - 1;
  }

  /** β_t, t = 1 … T. */
  double beta(int t) {
    return beta[t];
  }

  /** t = 0 … T. */
  Level level(int t) {
    return levels[t];
  }

  /**
   * The levels a sampler passes, from T down to 0, all different.
   *
   * @param steps at least 1; more than T count as T
   */
  List<Level> spaced(Spacing spacing, int steps) {
    int count = Math.min(steps, timesteps());
    List<Level> spaced = new ArrayList<>(List.of(levels[timesteps()]));
    int above = timesteps();
    for (int i = count - 1; i > 0; i--) {
      int t =
          switch (spacing) {
            case TIME -> (int) Math.round((double) timesteps() * i / count);
            case SNR -> nearest((double) (i - 1) / (count - 1));
          };
      above = Math.clamp(t, i, above - 1);
      spaced.add(levels[above]);
    }
    spaced.add(CLEAN);
    return spaced;
  }

  /** The timestep whose λ is nearest to the given part of the way from t = 1 to T. */
  private int nearest(double part) {
    double wanted = levels[1].lambda() * (1 - part) + levels[timesteps()].lambda() * part;
    int t = 1;
    while (t < timesteps() && levels[t + 1].lambda() > wanted) {
      t++;
    }
    boolean next = t < timesteps() && levels[t].lambda() - wanted > wanted - levels[t + 1].lambda();
    return next ? t + 1 : t;
  }

  /** √ᾱ_t: t [rows], whole numbers → [rows, 1]. */
  Tensor alpha(Tensor t) {
    return lookUp(t, Quantity.ALPHA);
  }

  /** √(1 − ᾱ_t): t [rows], whole numbers → [rows, 1]. */
  Tensor sigma(Tensor t) {
    return lookUp(t, Quantity.SIGMA);
  }

  /**
   * ½ (SNR(t − 1) − SNR(t)), and 0 at t = 1: what KL(q(x_{t−1} | x_t, x₀) ‖ p(x_{t−1} | x_t)) is
   * times ‖x₀ − x̂₀‖², for equal variances. t [rows], whole numbers → [rows].
   */
  Tensor divergenceWeight(Tensor t) {
    return lookUp(t, Quantity.DIVERGENCE).reshape(t.shape());
  }

  private enum Quantity {
    ALPHA,
    SIGMA,
    DIVERGENCE
  }

  private Tensor lookUp(Tensor t, Quantity quantity) {
    float[] values = new float[levels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          (float)
              switch (quantity) {
                case ALPHA -> levels[i].alpha();
                case SIGMA -> levels[i].sigma();
                case DIVERGENCE ->
                    i < 2 ? 0 : (levels[i - 1].signalToNoise() - levels[i].signalToNoise()) / 2;
              };
    }
    return Tensor.constant(values, Shape.of(values.length, 1)).gather(t.toInt());
  }
}
