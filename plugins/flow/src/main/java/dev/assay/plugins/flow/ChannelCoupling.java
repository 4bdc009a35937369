package dev.assay.plugins.flow;

import dev.assay.tensor.Tensor;

/**
 * Coupling layer of images: the first or the last of an even number of channels pass unchanged and
 * parametrise the map of the others. Dinh et al. 2016, §3.4.
 *
 * @param network kept channels (and class) → parameters of the others
 * @param bijection what the others go through
 * @param lastKept whether the last channels are kept, instead of the first
 */
public record ChannelCoupling(ConvolutionalNetwork network, Bijection bijection, boolean lastKept)
    implements Transform {
  @Override
  public Mapped forward(Tensor x, Condition condition) {
    Tensor kept = kept(x);
    Tensor other = other(x);
    return joined(kept, bijection.forward(other, parameters(kept, other, condition)));
  }

  @Override
  public Mapped inverse(Tensor z, Condition condition) {
    Tensor kept = kept(z);
    Tensor other = other(z);
    return joined(kept, bijection.inverse(other, parameters(kept, other, condition)));
  }

  private Tensor kept(Tensor x) {
    return x.split(-1, 2).get(lastKept ? 1 : 0);
  }

  private Tensor other(Tensor x) {
    return x.split(-1, 2).get(lastKept ? 0 : 1);
  }

  private Tensor parameters(Tensor kept, Tensor other, Condition condition) {
    Tensor p = network.apply(condition.beside(kept));
    return p.reshape(other.shape().insert(other.rank(), bijection.parameters()));
  }

  private Mapped joined(Tensor kept, Bijection.Curve moved) {
    Tensor other = moved.value();
    Tensor joined = lastKept ? Tensor.concat(-1, other, kept) : Tensor.concat(-1, kept, other);
    return new Mapped(joined, Mapped.perRow(moved.logSlope()));
  }
}
