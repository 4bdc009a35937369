package dev.assay.nn;

import dev.assay.tensor.Draws;
import dev.assay.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Dropout (Srivastava et al. 2014) as an argument: a network gets {@link #none} for evaluation.
 * Each use takes a child by name, so that two uses never share a mask.
 *
 * @param rate probability that an element becomes zero, in [0, 1)
 * @param draws where masks come from; null drops nothing
 */
public record Dropout(double rate, @Nullable Draws draws) {
  public Dropout {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException("dropout rate must be in [0, 1): " + rate);
    }
  }

  /** Drops nothing. */
  public static Dropout none() {
    return new Dropout(0, null);
  }

  /** For a program that trains, whose masks follow from its seed; at rate 0 none. */
  public static Dropout training(double rate) {
    return rate == 0 ? none() : new Dropout(rate, Draws.root().child("dropout"));
  }

  /** The dropout of the part called {@code name}. */
  public Dropout child(String name) {
    return draws == null ? this : new Dropout(rate, draws.child(name));
  }

  /** x [..] → [..]: elements zeroed at the rate, the others scaled by 1 / (1 − rate). */
  public Tensor apply(Tensor x) {
    return draws == null ? x : draws.dropout(x, (float) rate);
  }
}
