package dev.assay.metrics;

/**
 * A definition of a metric as a number of so many items.
 *
 * @param low smallest possible value
 * @param high largest possible value
 * @param identity the value of a set against itself; NaN where nothing is compared
 */
record Definition(String name, double low, double high, double identity, Measure measure) {
  /** What the items are. */
  enum Data {
    /** Two sets that differ. */
    DISTINCT,
    /** A set and itself. */
    SAME,
    /** Two sets, all of whose items are equal. */
    CONSTANT
  }

  /** The value of items taken in an order. */
  @FunctionalInterface
  interface Measure {
    double of(Data data, int[] order);
  }

  @Override
  public String toString() {
    return name;
  }
}
