package dev.assay.runner.execute;

import dev.assay.runner.experiment.ScoreSettings;
import dev.assay.spi.Batch;
import dev.assay.spi.EncodedData;
import dev.assay.spi.Evaluation;
import dev.assay.spi.LatentCodec;
import dev.assay.spi.LatentLikelihood;
import dev.assay.spi.ScoreMethod;
import dev.assay.spi.Scorer;
import dev.assay.spi.Trained;
import dev.assay.spi.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Answers of a trained model, some examples at a time. */
final class Answers implements Trained {
  private static final int BATCH = 128;
  private static final String ANNEALED = "ais";

  private final TrainedModel<?> trained;
  private final Optional<Scoring> scoring;
  private final ScoreSettings settings;
  private final Cancellation cancellation;

  /**
   * @param scoring of the model, where it can score
   */
  Answers(
      TrainedModel<?> trained,
      Optional<Scoring> scoring,
      ScoreSettings settings,
      Cancellation cancellation) {
    this.trained = trained;
    this.scoring = scoring;
    this.settings = settings;
    this.cancellation = cancellation;
  }

  @Override
  public Optional<Evaluation.Likelihood> score(Batch raw, String part) {
    if (scoring.isEmpty() || !(trained.model() instanceof Scorer scorer)) {
      return Optional.empty();
    }
    ScoreMethod method = scorer.methods(settings.importanceSamples()).getFirst();
    double[] nats = scoring.get().unchecked(raw, method, part);
    return Arrays.stream(nats).anyMatch(Double::isNaN)
        ? Optional.empty()
        : Optional.of(new Evaluation.Likelihood(trained.encoded().rawMethod(method), nats));
  }

  @Override
  public Optional<Values.Dense> codes(Batch raw, String part) {
    return trained.model() instanceof LatentCodec codec
        ? Optional.of((Values.Dense) inParts(raw, part, codec::encode))
        : Optional.empty();
  }

  @Override
  public Optional<Values> reconstructions(Batch raw, String part) {
    return trained.model() instanceof LatentCodec codec && !codec.exact()
        ? Optional.of(
            inParts(
                raw,
                part,
                batch ->
                    trained.encoded().decode(codec.decode(codec.encode(batch), batch.condition()))))
        : Optional.empty();
  }

  @Override
  public Optional<Latent> latent(Batch raw, String part) {
    if (settings.annealing() == 0 || !(trained.model() instanceof LatentLikelihood model)) {
      return Optional.empty();
    }
    EncodedData.Encoded encoded = trained.encoded().encode(raw, Scoring.noise(part), 0);
    ScoreMethod plain = new ScoreMethod(ANNEALED, ScoreMethod.Kind.LOWER_BOUND, model.measure(), 0);
    ScoreMethod method = model.givenCondition() ? plain.givenCondition() : plain;
    return Optional.of(
        new Latent(
            trained.encoded().rawMethod(method),
            settings.annealing(),
            model.code().size(),
            encoded.logDeterminants(),
            (examples, codes) -> {
              cancellation.check();
              return model.logLikelihood(
                  encoded.batch().select(examples), new Values.Dense(model.code(), codes));
            }));
  }

  private Values inParts(Batch raw, String part, Function<Batch, Values> answer) {
    List<Values> parts = new ArrayList<>();
    for (int from = 0; from < raw.count(); from += BATCH) {
      cancellation.check();
      Batch some = raw.range(from, Math.min(raw.count(), from + BATCH));
      parts.add(answer.apply(trained.encoded().encode(some, Scoring.noise(part), from).batch()));
    }
    return Sampling.join(parts);
  }
}
