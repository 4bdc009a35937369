package dev.assay.data.prepare;

import dev.assay.tensor.RandomStream;

/** Names of the random streams of preprocessing. */
final class Draws {
  private static final RandomStream FIXED = RandomStream.root(0).child("preprocessing");

  private Draws() {}

  /**
   * The stream of draws that are the same for all runs.
   *
   * @param part {@code train}, {@code valid} or {@code test}; example i uses child i
   */
  static RandomStream fixed(String part) {
    return FIXED.child(part);
  }
}
