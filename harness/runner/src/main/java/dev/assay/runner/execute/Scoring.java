package dev.assay.runner.execute;

import dev.assay.spi.Batch;
import dev.assay.spi.EncodedData;
import dev.assay.spi.ScoreMethod;
import dev.assay.spi.Scorer;
import dev.assay.tensor.RandomStream;

/** Scores examples in raw units, batch after batch. */
final class Scoring {
  private static final int BATCH = 128;

  private final Scorer scorer;
  private final EncodedData data;
  private final RandomStream random;
  private final Cancellation cancellation;

  /**
   * @param random decides stochastic bounds and estimates
   */
  Scoring(Scorer scorer, EncodedData data, RandomStream random, Cancellation cancellation) {
    this.scorer = scorer;
    this.data = data;
    this.random = random;
    this.cancellation = cancellation;
  }

  /**
   * −ln p of each example, in nats and raw units.
   *
   * @param examples in the model's form
   * @param part what the examples are, for messages
   * @throws DivergedException if one is no number
   */
  double[] nats(Batch examples, ScoreMethod method, String part) {
    double[] nats = new double[examples.count()];
    RandomStream own = random.child(method.id());
    for (int from = 0; from < nats.length; from += BATCH) {
      cancellation.check();
      int to = Math.min(nats.length, from + BATCH);
      Batch batch = examples.range(from, to);
      double[] scores = scorer.score(batch, method, own, from);
      if (scores.length != to - from) {
        throw new IllegalStateException(
            scorer.getClass().getName()
                + " gave "
                + scores.length
                + " scores for "
                + (to - from)
                + " examples");
      }
      System.arraycopy(data.rawNats(batch, scores), 0, nats, from, to - from);
      for (int i = from; i < to; i++) {
        if (!Double.isFinite(nats[i])) {
          throw new DivergedException(
              "the " + method.id() + " score of " + part + " example " + i + " is " + nats[i]);
        }
      }
    }
    return nats;
  }
}
