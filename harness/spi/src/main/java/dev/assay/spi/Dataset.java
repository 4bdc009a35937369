package dev.assay.spi;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A dataset in memory, before preprocessing.
 *
 * @param card what it is
 * @param train training examples, in stored order
 * @param valid official validation examples, where it has them
 * @param test test examples
 * @param density the density that made it, where it is known
 * @param factors what the test examples were made of, where it is known
 */
public record Dataset(
    DatasetCard card,
    Batch train,
    Optional<Batch> valid,
    Batch test,
    Optional<KnownDensity> density,
    Optional<Factors> factors) {
  /** A dataset whose factors of variation are not known. */
  public Dataset(
      DatasetCard card,
      Batch train,
      Optional<Batch> valid,
      Batch test,
      Optional<KnownDensity> density) {
    this(card, train, valid, test, density, Optional.empty());
  }

  /**
   * The factors of variation that examples were made of, each with few values.
   *
   * @param names of the factors
   * @param values [examples, factors], from 0
   */
  public record Factors(List<String> names, int[][] values) {
    public Factors {
      names = List.copyOf(names);
      for (int[] row : values) {
        if (row.length != names.size()) {
          throw new IllegalArgumentException(
              "%d values of an example for %d factors".formatted(row.length, names.size()));
        }
      }
    }

    /** Those of the examples at some places. */
    public Factors select(int[] places) {
      return new Factors(
          names, Arrays.stream(places).mapToObj(i -> values[i]).toArray(int[][]::new));
    }
  }

  /** A density in closed form. */
  public interface KnownDensity {
    /** ln p(x), in nats; −∞ outside the support. */
    double logDensity(float[] x);

    /** Differential entropy in nats: the smallest mean −ln p any model can reach. */
    double entropy();
  }
}
