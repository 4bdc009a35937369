package dev.assay.spi;

/**
 * A frozen network that turns examples into features for metrics. It never learns from what it is
 * shown, and equal examples at equal places have equal features.
 */
public interface FeatureExtractor extends AutoCloseable {
  /**
   * Such as {@code classifier@3f2a90c21d04}: what it is and a hash of its weights, without {@code
   * |}. Numbers from features compare only between equal signatures.
   */
  String signature();

  /** Features of values in raw data form. Safe for use by several threads. */
  Features features(Values.Dense values);

  @Override
  void close();
}
