package dev.assay.plugins.autoregressive.pixels;

import dev.assay.nn.Dropout;
import dev.assay.tensor.Program;
import dev.assay.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * p(x | label) = Π p(x_i | x_&lt;i, label) in one or several orders of the pixels: a function of
 * all pixels at once, whose value at a pixel depends on no pixel at or after it. A model of several
 * orders is the mixture of them in equal parts.
 */
public interface PixelNetwork {
  /**
   * Logits of each pixel's level: x [n, pixels], levels 0 … as floats → [n, pixels, {@link
   * Levels#logits}].
   *
   * @param labels I32 [n]; null for a model without classes
   */
  Tensor logits(Tensor x, @Nullable Tensor labels, Dropout dropout);

  /** How many orders there are. */
  default int orders() {
    return 1;
  }

  /** Place of a pixel in an order, from 0. */
  default int place(int order, int pixel) {
    return pixel;
  }

  /** Makes the next replays of a program of {@link #logits} follow an order. */
  default void follow(int order, Program program) {}

  /** Entries of parameters that every order keeps out of use. */
  default long unused() {
    return 0;
  }
}
