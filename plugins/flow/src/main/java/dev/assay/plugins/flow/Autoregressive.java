package dev.assay.plugins.flow;

import dev.assay.tensor.Tensor;

/**
 * z_i = f(x_i; p(x_before i)): one pass of the network forward, one pass per column backward.
 * Papamakarios et al. 2017, §3.1.
 *
 * @param network from columns to the parameters of those after them
 * @param bijection f
 */
public record Autoregressive(Made network, Bijection bijection) implements Transform {
  /** Passes that a program is unrolled to at most. */
  public static final int MOST_COLUMNS = 64;

  /** Why a flow of such layers refuses a domain of more than {@link #MOST_COLUMNS} numbers. */
  public static String tooMany(Domain domain) {
    return "one of its directions takes a pass for each number: at most "
        + MOST_COLUMNS
        + ", this data has "
        + domain.size();
  }

  @Override
  public Mapped forward(Tensor x, Condition condition) {
    return bijection.forward(x, network.apply(x, condition)).mapped();
  }

  /** After pass k, the first k columns of the order are right, and the network sees no others. */
  @Override
  public Mapped inverse(Tensor z, Condition condition) {
    Tensor x = Tensor.fill(0, z.shape());
    Bijection.Curve curve = bijection.inverse(z, network.apply(x, condition));
    for (int pass = 1; pass < z.dim(1); pass++) {
      Tensor known = curve.value().mul(network.first(pass));
      curve = bijection.inverse(z, network.apply(known, condition));
    }
    return curve.mapped();
  }
}
