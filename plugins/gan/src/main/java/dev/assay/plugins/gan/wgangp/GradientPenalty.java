package dev.assay.plugins.gan.wgangp;

import dev.assay.plugins.gan.game.Penalty;
import dev.assay.tensor.Draws;
import dev.assay.tensor.Gradients;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * λ E (‖∇f(x̂)‖₂ − 1)² at x̂ = ε x + (1 − ε) x̃, ε uniform on [0, 1] for each pair of a real x and
 * a generated x̃. Eq. 3 and algorithm 1.
 *
 * @param weight λ
 */
record GradientPenalty(double weight) implements Penalty {
  /** Keeps the derivative of the norm finite where the gradient vanishes. */
  private static final float EPSILON = 1e-12f;

  @Override
  public Tensor of(Tensor x, Tensor fake, UnaryOperator<Tensor> critic, Draws draws) {
    int[] ones = new int[x.rank()];
    Arrays.fill(ones, 1);
    Tensor epsilon = draws.uniform(Shape.of(ones).with(0, x.dim(0)));
    Tensor between = fake.add(epsilon.mul(x.sub(fake)));
    Tensor gradient = Gradients.of(critic.apply(between).sum(), between);
    Tensor norm = gradient.reshape(x.dim(0), -1).square().sum(-1).add(EPSILON).sqrt();
    return norm.sub(1).square().mean().mul((float) weight);
  }
}
