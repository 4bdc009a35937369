package dev.assay.metrics;

import dev.assay.spi.Batch;
import dev.assay.spi.Evaluation;
import dev.assay.spi.ScoreMethod;
import dev.assay.spi.Trained;
import dev.assay.spi.Values;
import java.util.Optional;

/** A model whose code of an example is the example, and whose −ln p of a number is the number. */
record Itself() implements Trained {
  @Override
  public Optional<Evaluation.Likelihood> score(Batch raw, String part) {
    double[] nats = new double[raw.count()];
    for (int i = 0; i < nats.length; i++) {
      nats[i] = raw.dense().data()[i * raw.dense().width()];
    }
    return Optional.of(
        new Evaluation.Likelihood(ScoreMethod.exact(ScoreMethod.Measure.MASS), nats));
  }

  @Override
  public Optional<Values.Dense> codes(Batch raw, String part) {
    return Optional.of(raw.dense());
  }

  @Override
  public Optional<Values> reconstructions(Batch raw, String part) {
    return Optional.empty();
  }
}
