package dev.assay.plugins.statistical;

import dev.assay.spi.StateStore;
import dev.assay.tensor.Shape;

/**
 * Tells when the sweeps of an iterative fit no longer gain anything. Several sweeps in a row must
 * say so, because expectation-maximisation may pause near a saddle before it gains again.
 */
public final class Convergence {
  private static final int PATIENCE = 5;

  private final double tolerance;
  private double best = Double.POSITIVE_INFINITY;
  private long since;

  /**
   * @param tolerance smallest gain that counts, in the loss's unit
   */
  public Convergence(double tolerance) {
    this.tolerance = tolerance;
  }

  /** Takes the loss of one sweep; true if none of the last five improved the best by enough. */
  public boolean reached(double loss) {
    if (loss < best - tolerance) {
      best = loss;
      since = 0;
    } else {
      since++;
    }
    return since >= PATIENCE;
  }

  public void save(StateStore store) {
    store.putDoubles("best_loss", Shape.SCALAR, new double[] {best});
    store.putLongs("sweeps_since", since);
  }

  public void restore(StateStore store) {
    best = store.doubles("best_loss", Shape.SCALAR)[0];
    since = store.longs("sweeps_since")[0];
  }
}
