package dev.assay.plugins.flow.realnvp;

import dev.assay.plugins.flow.Bijection;
import dev.assay.plugins.flow.Condition;
import dev.assay.plugins.flow.ConvolutionalNetwork;
import dev.assay.plugins.flow.Mapped;
import dev.assay.plugins.flow.Transform;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;

/**
 * y = b ⊙ x + (1 − b) ⊙ f(x; network(b ⊙ x)) with b a checkerboard over the places: eq. 9 and §3.4.
 *
 * @param network kept places (and class) → parameters of every place
 * @param bijection f
 * @param oddKept whether b is 1 where the coordinates' sum is odd, instead of even
 */
record CheckerboardCoupling(ConvolutionalNetwork network, Bijection bijection, boolean oddKept)
    implements Transform {
  @Override
  public Mapped forward(Tensor x, Condition condition) {
    return joined(x, bijection.forward(x, parameters(x, condition)));
  }

  @Override
  public Mapped inverse(Tensor z, Condition condition) {
    return joined(z, bijection.inverse(z, parameters(z, condition)));
  }

  private Tensor parameters(Tensor x, Condition condition) {
    Tensor p = network.apply(condition.beside(x.mul(mask(x))));
    return p.reshape(x.shape().insert(x.rank(), bijection.parameters()));
  }

  private Mapped joined(Tensor x, Bijection.Curve moved) {
    Tensor b = mask(x);
    Tensor rest = b.neg().add(1);
    Tensor y = b.mul(x).add(rest.mul(moved.value()));
    return new Mapped(y, Mapped.perRow(rest.mul(moved.logSlope())));
  }

  /** b [1, h, w, 1]. */
  private Tensor mask(Tensor x) {
    int h = x.dim(1);
    int w = x.dim(2);
    float[] mask = new float[h * w];
    for (int i = 0; i < mask.length; i++) {
      boolean odd = (i / w + i % w) % 2 == 1;
      mask[i] = odd == oddKept ? 1 : 0;
    }
    return Tensor.constant(mask, Shape.of(1, h, w, 1));
  }
}
