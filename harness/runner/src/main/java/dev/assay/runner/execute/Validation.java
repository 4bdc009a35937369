package dev.assay.runner.execute;

import dev.assay.runner.DivergedException;
import dev.assay.spi.Batch;
import dev.assay.spi.ScoreMethod;
import java.util.Arrays;

/** Scores validation examples while a model trains. */
final class Validation {
  private final Scoring scoring;
  private final Batch examples;
  private final ScoreMethod how;

  Validation(Scoring scoring, Batch examples, ScoreMethod how) {
    this.scoring = scoring;
    this.examples = examples;
    this.how = how;
  }

  /** Such as {@code exact}. */
  String method() {
    return how.id();
  }

  /** Mean −ln p in nats; infinite where one of the scores is no number. */
  double score() {
    try {
      return Arrays.stream(scoring.nats(examples, how, "validation")).average().orElseThrow();
    } catch (DivergedException e) {
      return Double.POSITIVE_INFINITY;
    }
  }
}
