package dev.assay.spi;

/**
 * The sets of an evaluation as a frozen network sees them. Each is computed when it is first asked
 * for, and once.
 */
public interface FeatureSpace {
  /** As {@link FeatureExtractor#signature}. */
  String signature();

  /** Features of the samples, in order. */
  Features samples();

  /** Features of the training examples, in order. */
  Features train();

  /** Features of the held-out examples, in order. */
  Features test();
}
