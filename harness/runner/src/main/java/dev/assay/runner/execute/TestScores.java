package dev.assay.runner.execute;

import dev.assay.runner.DivergedException;
import dev.assay.spi.Evaluation;
import dev.assay.spi.ScoreMethod;
import dev.assay.spi.Scorer;
import dev.assay.store.NamedArrays;
import dev.assay.store.RunFolder;
import dev.assay.store.SafeTensors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The scores of the test examples, by each of the model's methods: computed when a metric first
 * asks for them, and kept.
 */
final class TestScores implements Supplier<List<Evaluation.Likelihood>> {
  private final TrainedModel<?> trained;
  private final Optional<Scoring> scoring;
  private final int importanceSamples;
  private final Consumer<RunObserver.Phase> phase;
  private @Nullable List<Evaluation.Likelihood> known;

  /**
   * @param scoring of the model, where it can score
   * @param importanceSamples K of importance-weighted bounds
   * @param phase is told when computing begins, and when measuring goes on
   */
  TestScores(
      TrainedModel<?> trained,
      Optional<Scoring> scoring,
      int importanceSamples,
      Consumer<RunObserver.Phase> phase) {
    this.trained = trained;
    this.scoring = scoring;
    this.importanceSamples = importanceSamples;
    this.phase = phase;
  }

  /**
   * None if the model cannot score.
   *
   * @throws DivergedException if one is no number
   */
  @Override
  public List<Evaluation.Likelihood> get() {
    if (known == null) {
      known = scoring.map(this::computed).orElse(List.of());
    }
    return known;
  }

  private List<Evaluation.Likelihood> computed(Scoring by) {
    phase.accept(RunObserver.Phase.SCORING);
    List<Evaluation.Likelihood> likelihoods = new ArrayList<>();
    for (ScoreMethod method : ((Scorer) trained.model()).methods(importanceSamples)) {
      double[] nats = by.nats(trained.data().test(), method, "test");
      likelihoods.add(new Evaluation.Likelihood(trained.encoded().rawMethod(method), nats));
    }
    phase.accept(RunObserver.Phase.MEASURING);
    return List.copyOf(likelihoods);
  }

  /**
   * Keeps what was computed on disk, in nats, by method.
   *
   * @return its hash; empty if nothing asked for scores, or there are none
   */
  Optional<String> write(RunFolder folder) throws IOException {
    if (known == null || known.isEmpty()) {
      return Optional.empty();
    }
    Map<String, NamedArrays.Array> arrays = new LinkedHashMap<>();
    for (Evaluation.Likelihood likelihood : known) {
      double[] nats = likelihood.nats();
      arrays.put(
          likelihood.method().id(), new NamedArrays.Array.F64(new int[] {nats.length}, nats));
    }
    NamedArrays content =
        new NamedArrays(arrays, Map.of("unit", "nats", "data", trained.data().hash()));
    SafeTensors.write(folder.scores(), content);
    return Optional.of(SafeTensors.digest(content, name -> true));
  }
}
