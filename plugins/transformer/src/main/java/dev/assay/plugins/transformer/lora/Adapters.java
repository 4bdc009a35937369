package dev.assay.plugins.transformer.lora;

import dev.assay.nn.LowRank;
import dev.assay.nn.ParameterStore;
import dev.assay.spi.Param;
import dev.assay.spi.text.TokenModel;

/**
 * What becomes of the weights that a network has from its parent: they are trained on, or stay as
 * they are, perhaps rounded, and get a product of small matrices added.
 */
public record Adapters(
    @Param(
            doc =
                "Rank of what is added to each matrix of a layer, and trained in its place; with 0"
                    + " nothing is added.",
            value = "0",
            min = 0,
            max = 65536)
        int rank,
    @Param(
            doc = "What is added is scaled by this over the rank.",
            value = "16",
            min = 1e-6,
            max = 1e6)
        double alpha,
    @Param(
            doc =
                "Bits that each number of the parent's matrices and tables is rounded to, and stays,"
                    + " 8 for int8; 0 leaves them as they are.",
            value = "0",
            min = 0,
            max = 16)
        int bits) {
  /** All weights are trained, from where the parent left them. */
  public static final Adapters NONE = new Adapters(0, 1, 0);

  public Adapters {
    if (bits == 1) {
      throw new IllegalArgumentException("'bits' is 1, but must be 0 or at least 2");
    }
  }

  /** The store by which a network is created that is trained so. */
  public ParameterStore in(ParameterStore store) {
    return rank == 0 && bits == 0 ? store : frozen(store);
  }

  /** The store by which a network is created whose own weights stay as they are in any case. */
  public ParameterStore frozen(ParameterStore store) {
    return store.frozen(new LowRank(rank, alpha));
  }

  /** Sets a network's weights to those of its parent, rounded if there are bits for it. */
  public void copy(TokenModel<?> parent, ParameterStore into) {
    copy(parent, parent.store(), into);
  }

  /**
   * The same of a part of the parent.
   *
   * @param from a scope of the parent's store
   * @param into the scope where the names are the same
   * @throws IllegalArgumentException if a weight of the parent's has no place there
   */
  public void copy(TokenModel<?> parent, ParameterStore from, ParameterStore into) {
    parent.merge();
    into.copyWeights(from, bits);
  }
}
