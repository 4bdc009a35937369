package dev.assay.plugins.gan.game;

import dev.assay.tensor.Draws;
import dev.assay.tensor.Tensor;
import java.util.function.UnaryOperator;

/** What is added to the critic's loss. */
public interface Penalty {
  /**
   * A scalar.
   *
   * @param x real examples [n, item..]
   * @param fake generated ones [n, item..]
   * @param critic [n, item..] → [n]
   */
  Tensor of(Tensor x, Tensor fake, UnaryOperator<Tensor> critic, Draws draws);
}
