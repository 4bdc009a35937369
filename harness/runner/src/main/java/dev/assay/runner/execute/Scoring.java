package dev.assay.runner.execute;

import dev.assay.runner.DivergedException;
import dev.assay.spi.Batch;
import dev.assay.spi.EncodedData;
import dev.assay.spi.ScoreMethod;
import dev.assay.spi.Scorer;
import dev.assay.tensor.RandomStream;

/** Scores raw examples in raw units, batch after batch. */
final class Scoring {
  private static final int BATCH = 128;

  /** Noise of held-out examples is the same for all models and seeds, so that pairs compare. */
  private static final RandomStream NOISE = RandomStream.root(0).child("held-out");

  private final Scorer scorer;
  private final EncodedData data;

  private final RandomStream random;
  private final Cancellation cancellation;
  private final Watcher watcher;

  /** Is told how many of the examples at hand are scored. */
  interface Watcher {
    void scored(int done, int of);
  }

  /**
   * @param random decides stochastic bounds and estimates
   */
  Scoring(
      Scorer scorer,
      EncodedData data,
      RandomStream random,
      Cancellation cancellation,
      Watcher watcher) {
    this.scorer = scorer;
    this.data = data;
    this.random = random;
    this.cancellation = cancellation;
    this.watcher = watcher;
  }

  /** What dequantisation of some part of the data draws from. */
  static RandomStream noise(String part) {
    return NOISE.child(part);
  }

  /**
   * −ln p of each raw example, in nats.
   *
   * @param part what the examples are, for messages
   * @throws DivergedException if one is no number
   */
  double[] nats(Batch raw, ScoreMethod method, String part) {
    double[] nats = unchecked(raw, method, part);
    for (int i = 0; i < nats.length; i++) {
      if (!Double.isFinite(nats[i])) {
        throw new DivergedException(
            "the " + method.id() + " score of " + part + " example " + i + " is " + nats[i]);
      }
    }
    return nats;
  }

  /** As {@link #nats}, whatever numbers come out: strange examples may have no probability. */
  double[] unchecked(Batch raw, ScoreMethod method, String part) {
    double[] nats = new double[raw.count()];
    RandomStream noise = noise(part);
    RandomStream own = random.child(method.id());
    for (int from = 0; from < nats.length; from += BATCH) {
      cancellation.check();
      watcher.scored(from, nats.length);
      int to = Math.min(nats.length, from + BATCH);
      EncodedData.Encoded encoded = data.encode(raw.range(from, to), noise, from);
      double[] scores = scorer.score(encoded.batch(), method, own, from);
      if (scores.length != to - from) {
        throw new IllegalStateException(
            scorer.getClass().getName()
                + " gave "
                + scores.length
                + " scores for "
                + (to - from)
                + " examples");
      }
      for (int i = from; i < to; i++) {
        nats[i] = scores[i - from] - encoded.logDeterminants()[i - from];
      }
    }
    watcher.scored(nats.length, nats.length);
    return nats;
  }
}
