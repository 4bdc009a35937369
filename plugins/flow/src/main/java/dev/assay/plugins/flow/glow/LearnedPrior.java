package dev.assay.plugins.flow.glow;

import dev.assay.nn.Conv2d;
import dev.assay.nn.Initializer;
import dev.assay.nn.ParameterStore;
import dev.assay.plugins.flow.Condition;
import dev.assay.plugins.flow.Mapped;
import dev.assay.plugins.flow.MultiScale;
import dev.assay.tensor.Op.Window;
import dev.assay.tensor.Tensor;
import java.util.List;

/**
 * p(y | h) = N(μ(h), σ(h)²) of the channels y that leave a level, given those that go on, as the
 * map z = (y − μ) / σ to a standard normal; the paper's code, {@code split2d_prior}.
 *
 * @param network h → μ and ln σ; begins at 0
 */
record LearnedPrior(Conv2d network) implements MultiScale.Leaving {
  /**
   * @param channels of h, and of y
   */
  static LearnedPrior create(ParameterStore store, int channels) {
    return new LearnedPrior(
        Conv2d.create(
            store,
            channels,
            2 * channels,
            3,
            Window.padded(1),
            Initializer.zeros(),
            Initializer.zeros()));
  }

  @Override
  public Mapped forward(Tensor y, Tensor staying, Condition condition) {
    List<Tensor> p = network.apply(staying).split(-1, 2);
    Tensor logDeviation = p.get(1);
    return Mapped.elementwise(y.sub(p.get(0)).mul(logDeviation.neg().exp()), logDeviation.neg());
  }

  @Override
  public Mapped inverse(Tensor z, Tensor staying, Condition condition) {
    List<Tensor> p = network.apply(staying).split(-1, 2);
    Tensor logDeviation = p.get(1);
    return Mapped.elementwise(z.mul(logDeviation.exp()).add(p.get(0)), logDeviation);
  }
}
