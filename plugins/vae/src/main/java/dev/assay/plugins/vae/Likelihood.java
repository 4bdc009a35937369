package dev.assay.plugins.vae;

import dev.assay.spi.Modality;
import dev.assay.spi.ScoreMethod.Measure;
import dev.assay.tensor.Draws;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;

/**
 * p(x | z), independent over the components of x, with parameters that the decoder gives: {@link
 * #parameters} for each of the {@code width} components, all first ones before all second ones.
 */
public sealed interface Likelihood {
  /** Decoder outputs per component of x. */
  int parameters();

  Measure measure();

  /** x as the encoder sees it, around zero: [.., width] → the same shape. */
  Tensor centred(Tensor x);

  /**
   * ln p(x | z), in nats.
   *
   * @param p decoder output [.., parameters · width]
   * @param x [.., width], broadcast against p
   * @return [..]
   */
  Tensor logProbability(Tensor p, Tensor x);

  /**
   * Draws of x.
   *
   * @param p decoder output [rows, parameters · width]
   * @return [rows, width]
   */
  Tensor draw(Tensor p, Draws draws);

  /** A likely x: the nearest to the mean. p as in {@link #draw} → [rows, width]. */
  Tensor likely(Tensor p);

  /** Likelihoods by the names of a configuration. */
  enum Choice {
    AUTO,
    BERNOULLI,
    DISCRETIZED_LOGISTIC,
    GAUSSIAN;

    /**
     * The likelihood of an x that fits.
     *
     * @param x images or a table
     */
    public Likelihood of(Modality x) {
      int levels = x instanceof Modality.Image image ? image.levels() : 0;
      return switch (this) {
        case AUTO ->
            switch (levels) {
              case 0 -> new Gaussian();
              case 2 -> new Bernoulli();
              default -> new DiscretizedLogistic(levels);
            };
        case BERNOULLI -> new Bernoulli();
        case DISCRETIZED_LOGISTIC -> new DiscretizedLogistic(levels);
        case GAUSSIAN -> new Gaussian();
      };
    }
  }

  /** Binary pixels 0 and 1; the decoder gives logits. Kingma and Welling 2014, appendix C.1. */
  record Bernoulli() implements Likelihood {
    @Override
    public int parameters() {
      return 1;
    }

    @Override
    public Measure measure() {
      return Measure.MASS;
    }

    @Override
    public Tensor centred(Tensor x) {
      return x.mul(2).sub(1);
    }

    @Override
    public Tensor logProbability(Tensor p, Tensor x) {
      return Tensors.bernoulliNll(p, x).sum(-1).neg();
    }

    @Override
    public Tensor draw(Tensor p, Draws draws) {
      return draws.bernoulli(p.sigmoid());
    }

    @Override
    public Tensor likely(Tensor p) {
      return Tensor.scalar(0).less(p);
    }
  }

  /**
   * Pixels 0 … levels − 1: the mass that a logistic distribution puts on each pixel's bin of [−1,
   * 1], the outer bins reaching to infinity; the decoder gives μ and ln s. Salimans et al. 2017,
   * §2.1, with one component.
   *
   * @param levels at least 2
   */
  record DiscretizedLogistic(int levels) implements Likelihood {
    /** Bounds the precision, as the paper's code does: narrower bins gain nothing. */
    private static final float MIN_LOG_SCALE = -7;

    @Override
    public int parameters() {
      return 2;
    }

    @Override
    public Measure measure() {
      return Measure.MASS;
    }

    @Override
    public Tensor centred(Tensor x) {
      return x.mul(2f / (levels - 1)).sub(1);
    }

    /**
     * σ(a) − σ(b) = σ(a) σ(−b) (1 − e^(b − a)), whose logarithm needs no difference of near equals;
     * the lowest bin has b = −∞, the highest a = ∞.
     */
    @Override
    public Tensor logProbability(Tensor p, Tensor x) {
      Tensor mean = p.split(-1, 2).get(0);
      Tensor precision = logScale(p).neg().exp();
      float half = 1f / (levels - 1);
      Tensor offset = centred(x).sub(mean);
      Tensor belowUpper = offset.add(half).mul(precision).neg().softplus().neg();
      Tensor aboveLower = offset.sub(half).mul(precision).softplus().neg();
      Tensor inside = precision.mul(-2 * half).expm1().neg().log();
      Tensor notHighest = x.less(Tensor.scalar(levels - 1.5f));
      Tensor notLowest = Tensor.scalar(0.5f).less(x);
      return notHighest
          .mul(belowUpper)
          .add(notLowest.mul(aboveLower))
          .add(notHighest.mul(notLowest).mul(inside))
          .sum(-1);
    }

    @Override
    public Tensor draw(Tensor p, Draws draws) {
      Tensor mean = p.split(-1, 2).get(0);
      Tensor u = draws.uniform(mean.shape());
      Tensor logistic = u.log().sub(u.neg().add(1).log());
      Tensor x = mean.add(logScale(p).exp().mul(logistic));
      return level(x);
    }

    @Override
    public Tensor likely(Tensor p) {
      return level(p.split(-1, 2).get(0));
    }

    private Tensor level(Tensor centred) {
      return centred
          .add(1)
          .mul((levels - 1) / 2f)
          .add(0.5f)
          .floor()
          .max(0)
          .min(Tensor.scalar(levels - 1));
    }

    private static Tensor logScale(Tensor p) {
      return p.split(-1, 2).get(1).max(MIN_LOG_SCALE);
    }
  }

  /** Real numbers; the decoder gives μ and ln σ. Kingma and Welling 2014, appendix C.2. */
  record Gaussian() implements Likelihood {
    private static final float LOG_SQRT_TWO_PI = 0.9189385332f;

    /** Keeps the density of data that lies in a subspace finite. */
    private static final float MIN_LOG_DEVIATION = -7;

    @Override
    public int parameters() {
      return 2;
    }

    @Override
    public Measure measure() {
      return Measure.DENSITY;
    }

    @Override
    public Tensor centred(Tensor x) {
      return x;
    }

    @Override
    public Tensor logProbability(Tensor p, Tensor x) {
      Tensor mean = p.split(-1, 2).get(0);
      Tensor logDeviation = logDeviation(p);
      Tensor z = x.sub(mean).mul(logDeviation.neg().exp());
      return z.square().mul(0.5f).add(logDeviation).add(LOG_SQRT_TWO_PI).sum(-1).neg();
    }

    @Override
    public Tensor draw(Tensor p, Draws draws) {
      Tensor mean = p.split(-1, 2).get(0);
      return mean.add(logDeviation(p).exp().mul(draws.normal(mean.shape())));
    }

    @Override
    public Tensor likely(Tensor p) {
      return p.split(-1, 2).get(0);
    }

    private static Tensor logDeviation(Tensor p) {
      return p.split(-1, 2).get(1).max(MIN_LOG_DEVIATION);
    }
  }
}
