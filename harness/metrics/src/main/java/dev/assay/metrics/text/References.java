package dev.assay.metrics.text;

import java.util.List;

/** Sets of reference texts. */
final class References {
  private References() {}

  /**
   * @throws IllegalArgumentException if there are none, or a set is not as long as the hypotheses
   */
  static void check(List<String> hypotheses, List<List<String>> references) {
    if (references.isEmpty()) {
      throw new IllegalArgumentException("no set of references");
    }
    for (List<String> set : references) {
      if (set.size() != hypotheses.size()) {
        throw new IllegalArgumentException(
            "%d hypotheses but a set of %d references".formatted(hypotheses.size(), set.size()));
      }
    }
  }
}
