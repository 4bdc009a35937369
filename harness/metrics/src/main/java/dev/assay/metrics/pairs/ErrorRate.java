package dev.assay.metrics.pairs;

import dev.assay.metrics.text.Edits;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Insertions, deletions and substitutions per token, summed over texts; of several references the
 * one that takes fewest, of equally few the longest.
 */
abstract class ErrorRate extends PairMetric {
  private final Function<String, List<String>> tokens;
  private final String settings;

  /**
   * @param tokens cuts a text
   * @param settings the part of the signature that says so
   */
  ErrorRate(
      String id,
      String name,
      String source,
      Function<String, List<String>> tokens,
      String settings) {
    super(id, name, "1", Direction.LOWER, Double.POSITIVE_INFINITY, source, References.ALL);
    this.tokens = tokens;
    this.settings = settings;
  }

  @Override
  final double[] counts(String text, List<String> known) {
    Edits fewest =
        known.stream()
            .map(reference -> Edits.between(tokens.apply(reference), tokens.apply(text)))
            .min(
                Comparator.comparingInt(Edits::count)
                    .thenComparing(Comparator.comparingInt(Edits::reference).reversed()))
            .orElseThrow();
    return new double[] {fewest.count(), fewest.reference()};
  }

  @Override
  final double score(double[] sums) {
    return ratio(sums);
  }

  @Override
  final String settings() {
    return settings + "|refs:all";
  }
}
