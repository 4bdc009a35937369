package dev.assay.spi;

import java.util.Optional;

/**
 * A dataset in memory, before preprocessing.
 *
 * @param card what it is
 * @param train training examples, in stored order
 * @param valid official validation examples, where it has them
 * @param test test examples
 * @param density the density that made it, where it is known
 */
public record Dataset(
    DatasetCard card,
    Batch train,
    Optional<Batch> valid,
    Batch test,
    Optional<KnownDensity> density) {
  /** A density in closed form. */
  public interface KnownDensity {
    /** ln p(x), in nats; −∞ outside the support. */
    double logDensity(float[] x);

    /** Differential entropy in nats: the smallest mean −ln p any model can reach. */
    double entropy();
  }
}
