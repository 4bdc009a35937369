package dev.assay.plugins.statistical.gmm;

import dev.assay.plugins.statistical.Workers;
import dev.assay.plugins.statistical.linear.PointBlock;
import dev.assay.spi.StateStore;
import dev.assay.tensor.RandomStream;

/** The Gaussians of a mixture, without their weights. Standard normal until set. */
sealed interface Components permits DiagonalComponents, FullComponents {
  /**
   * Responsibilities below this count as none: what they leave out of a sum over any number of
   * points that fits in memory is below a double's rounding.
   */
  double NEGLIGIBLE = 1e-26;

  /**
   * ln N(x; μ, Σ) of each point of a block, in nats.
   *
   * @param component which Gaussian
   * @param block points, column by column: [columns][{@link PointBlock#WIDTH}]
   * @param scratch as large as the block
   * @param out [{@link PointBlock#WIDTH}]
   */
  void logDensities(int component, double[][] block, double[][] scratch, double[] out);

  /**
   * The M-step: weighted means, and weighted covariances around the new means plus the floor. A
   * component without weight stays as it is.
   *
   * @param data points [n, columns]
   * @param responsibilities by component and point
   * @return Σ of each component's responsibilities
   */
  double[] maximise(float[] data, double[][] responsibilities, Workers workers);

  /** A point of one component, [columns]. */
  double[] draw(int component, RandomStream random);

  /** Free numbers. */
  long parameters();

  void save(StateStore store);

  void restore(StateStore store);
}
