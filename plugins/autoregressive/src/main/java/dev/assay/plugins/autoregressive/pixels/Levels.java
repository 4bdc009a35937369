package dev.assay.plugins.autoregressive.pixels;

import dev.assay.tensor.Draws;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;

/** The distribution of each pixel's level, given logits. */
public sealed interface Levels {
  /** Bernoulli for 2 levels, softmax for more. */
  static Levels of(int levels) {
    return levels == 2 ? new Bernoulli() : new Softmax(levels);
  }

  /** Logits of one pixel. */
  int logits();

  /** −ln p of each image in nats: logits [n, pixels, {@link #logits}], x [n, pixels] → [n]. */
  Tensor nats(Tensor logits, Tensor x);

  /**
   * Levels drawn at each pixel: logits [n, pixels, {@link #logits}] → [n, pixels].
   *
   * @param temperature scalar that divides the logits
   */
  Tensor draw(Tensor logits, Tensor temperature, Draws draws);

  /** Level 1 has probability σ(logit). */
  record Bernoulli() implements Levels {
    @Override
    public int logits() {
      return 1;
    }

    @Override
    public Tensor nats(Tensor logits, Tensor x) {
      return Tensors.bernoulliNll(logits.reshape(x.shape()), x).sum(1);
    }

    @Override
    public Tensor draw(Tensor logits, Tensor temperature, Draws draws) {
      Tensor flat = logits.reshape(logits.dim(0), logits.dim(1));
      return draws.bernoulli(flat.div(temperature).sigmoid());
    }
  }

  /** A probability for each of {@code logits} levels: van den Oord et al. 2016, PixelRNN, §2.2. */
  record Softmax(int logits) implements Levels {
    @Override
    public Tensor nats(Tensor logits, Tensor x) {
      return Tensors.crossEntropy(logits, x.toInt()).sum(1);
    }

    /** The largest logit after Gumbel noise. Gumbel 1954. */
    @Override
    public Tensor draw(Tensor logits, Tensor temperature, Draws draws) {
      Shape shape = logits.shape();
      Tensor gumbel = draws.uniform(shape).log().neg().log().neg();
      return logits.div(temperature).add(gumbel).argMax().toFloat();
    }
  }
}
