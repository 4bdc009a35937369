package dev.assay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.spi.Batch;
import dev.assay.spi.BatchSource;
import dev.assay.spi.Configs;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.LatentCodec;
import dev.assay.spi.ModelContext;
import dev.assay.spi.ModelProvider;
import dev.assay.spi.ScoreMethod;
import dev.assay.spi.ScoreMethod.Kind;
import dev.assay.spi.Scorer;
import dev.assay.spi.Values;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every model plugin promises. A plugin's test class extends this, names the model and the
 * toys that it can learn, and adds tests of its own:
 *
 * <pre>{@code
 * final class GmmContractTest extends ModelContract<GmmConfig, GmmSampler> {
 *   GmmContractTest() {
 *     super("gmm", Toy.table().with("components", 2));
 *   }
 * }
 * }</pre>
 *
 * Give a toy whose every value can be counted (binary images, documents, streams) to a model with a
 * mass, and a table to a model with a density: what cannot be tested on a toy is skipped, and says
 * so.
 *
 * @param <C> training configuration
 * @param <S> sampler configuration
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ModelContract<C extends Record, S extends Record> {
  private static final int UPDATES = 4;
  private static final int CYCLES = 4;

  private final String id;
  private final List<Toy> toys;

  /** Models that were trained fully, each once for all tests that only ask them. */
  private final Map<Toy, Trial<C, S>> trained = new HashMap<>();

  /**
   * @param id the model's id
   * @param toys at least one that it fits
   */
  protected ModelContract(String id, Toy... toys) {
    this.id = id;
    this.toys = List.of(toys);
  }

  /**
   * −ln p of each example in nats, where it is known by another way than {@code Scorer}: a closed
   * form, an enumeration of latents. Empty (the default) if it is not known. A lower bound is then
   * tested against it.
   *
   * @param batch in the model's encoding
   */
  protected Optional<double[]> knownNll(GenerativeModel<S> model, Batch batch) {
    return Optional.empty();
  }

  /**
   * Trained models for the roles in {@link ModelProvider#parents}; none by default. They are closed
   * after the model.
   *
   * @param context to create them with
   * @param batches to train them with, in the model's encoding
   */
  protected Map<String, GenerativeModel<?>> parents(ModelContext context, BatchSource batches) {
    return Map.of();
  }

  /** How far the masses of a whole space may sum up from 1; float32 models are given 1e-4. */
  protected double massTolerance() {
    return 1e-4;
  }

  /** What shows that a model learns. */
  protected enum Progress {
    /** The loss of later updates is below that of earlier ones. */
    LOSS_FALLS,
    /**
     * Samples come nearer to the training examples: for players whose losses rise and fall with
     * their opponent's.
     */
    SAMPLES_APPROACH
  }

  /** What shows that this model learns a toy. */
  protected Progress progress() {
    return Progress.LOSS_FALLS;
  }

  /** The toys the contract is tested on. */
  final List<Toy> toys() {
    return toys;
  }

  @AfterAll
  final void closeTrained() {
    trained.values().forEach(Trial::close);
    trained.clear();
  }

  @Test
  void itIsFoundByItsIdAndHasACompleteCard() {
    ConfigChecks.card(provider());
  }

  @Test
  void everyParameterIsDocumentedHasADefaultWithinItsBoundsAndRejectsWhatLiesOutside() {
    ConfigChecks.parameters(provider().configType());
    ConfigChecks.parameters(provider().samplerType());
  }

  @Test
  void aMisfitGivesAReason() {
    C config = Configs.defaults(provider().configType());
    ConfigChecks.misfits(spec -> provider().fits(config, spec));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("toys")
  void theSamplesApproachAToy(Toy toy) {
    assumeTrue(progress() == Progress.SAMPLES_APPROACH, "the loss shows it");
    Trial<C, S> trial = trained(toy);
    assertThat(trial.losses()).allMatch(Double::isFinite, "finite");
    Values.Dense data = trial.train().dense();
    double before;
    try (Trial<C, S> untrained = trial(toy, 2)) {
      before = EnergyDistance.of(untrained.samples(data.count()), data);
    }
    double after = EnergyDistance.of(trial.samples(data.count()), data);
    assertThat(after).as("energy distance, %s before training", before).isLessThan(before / 3);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("toys")
  void theLossFallsOnAToy(Toy toy) {
    assumeTrue(progress() == Progress.LOSS_FALLS, "the samples show it");
    List<Double> losses = trained(toy).losses();
    assertThat(losses).allMatch(Double::isFinite, "finite");
    int third = (losses.size() + 2) / 3;
    assertThat(mean(losses.subList(losses.size() - third, losses.size())))
        .as("mean of the last third of the losses %s", losses)
        .isLessThan(mean(losses.subList(0, third)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("toys")
  void theSameSeedGivesTheSameBitsAtAnyThreadCount(Toy toy) {
    try (Trial<C, S> first = trial(toy, 1)) {
      List<Double> losses = first.train(UPDATES);
      Values samples = first.sample(0, 5);
      for (int threads : new int[] {1, 2, 4}) {
        try (Trial<C, S> other = trial(toy, threads)) {
          assertThat(other.train(UPDATES)).as("losses, %d threads", threads).isEqualTo(losses);
          assertThat(first.state().differences(other.state()))
              .as("state, %d threads", threads)
              .isEmpty();
          LikelihoodChecks.same(samples, other.sample(0, 5), "samples, " + threads + " threads");
          for (ScoreMethod method : first.methods()) {
            assertThat(other.score(other.train(), method, 0))
                .as("%s scores, %d threads", method.id(), threads)
                .isEqualTo(first.score(first.train(), method, 0));
          }
        }
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("toys")
  void aRestoredModelContinuesBitForBit(Toy toy) {
    try (Trial<C, S> original = trial(toy, 1);
        Trial<C, S> restored = trial(toy, 1)) {
      original.train(UPDATES);
      restored.restore(original.state());
      assertThat(original.state().differences(restored.state())).as("restored state").isEmpty();
      LikelihoodChecks.same(original.sample(0, 5), restored.sample(0, 5), "samples once restored");
      assertThat(restored.train(UPDATES)).as("losses").isEqualTo(original.train(UPDATES));
      assertThat(original.state().differences(restored.state())).as("state, later").isEmpty();
      LikelihoodChecks.same(original.sample(0, 5), restored.sample(0, 5), "samples, later");
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("toys")
  void aSampleDoesNotDependOnHowManyAreDrawnAtOnce(Toy toy) {
    Trial<C, S> trial = trained(toy);
    Values together = trial.sample(0, 7);
    assertThat(together.count()).isEqualTo(7);
    for (int i = 0; i < 7; i++) {
      LikelihoodChecks.close(together.range(i, i + 1), trial.sample(i, 1), "sample " + i);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("toys")
  void aScoreDoesNotDependOnHowManyAreScoredAtOnce(Toy toy) {
    Trial<C, S> trial = trained(toy);
    assumeScores(trial);
    assumeTrue(!trial.methods().isEmpty(), "the model has no way to score");
    Batch batch = trial.train().range(0, Math.min(7, trial.train().count()));
    for (ScoreMethod method : trial.methods()) {
      double[] together = trial.score(batch, method, 0);
      for (int i = 0; i < batch.count(); i++) {
        double alone = trial.score(batch.range(i, i + 1), method, i)[0];
        assertThat(alone)
            .as("%s score of example %d", method.id(), i)
            .isCloseTo(together[i], within(1e-4 * Math.max(1, Math.abs(together[i]))));
      }
    }
  }

  /** Scores of p(x) and of p(x | condition) are never ranked together. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("toys")
  void aScoreThatDependsOnTheConditionSaysSo(Toy toy) {
    assumeTrue(!(toy.train().condition() instanceof Values.Nothing), "there is no condition");
    Trial<C, S> trial = trained(toy);
    assumeScores(trial);
    Batch batch = trial.train().range(0, 4);
    Batch others = new Batch(batch.x(), batch.condition().select(new int[] {1, 2, 3, 0}));
    for (ScoreMethod method : trial.methods()) {
      boolean depends =
          !Arrays.equals(trial.score(batch, method, 0), trial.score(others, method, 0));
      assertThat(method.isGivenCondition()).as(method.id()).isEqualTo(depends);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("toys")
  void massesSumToOneAndBoundsToNoMore(Toy toy) {
    Trial<C, S> trial = trained(toy);
    assumeTrue(toy.space().isPresent(), "not every x of this toy can be counted");
    assumeScores(trial);
    List<ScoreMethod> masses = LikelihoodChecks.masses(trial);
    assumeTrue(!masses.isEmpty(), "the model has no mass of such x");
    for (ScoreMethod method : masses) {
      LikelihoodChecks.total(trial, toy.space().orElseThrow(), method, massTolerance());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("toys")
  void samplesOccurAsOftenAsTheirMassSays(Toy toy) {
    frequencies(toy, 3000);
  }

  @Tag("slow")
  @ParameterizedTest(name = "{0}")
  @MethodSource("toys")
  void aHundredThousandSamplesOccurAsOftenAsTheirMassSays(Toy toy) {
    frequencies(toy, 100_000);
  }

  private void frequencies(Toy toy, int samples) {
    Trial<C, S> trial = trained(toy);
    assumeTrue(toy.space().isPresent(), "not every x of this toy can be counted");
    assumeScores(trial);
    Optional<ScoreMethod> exact =
        LikelihoodChecks.masses(trial).stream().filter(m -> m.kind() == Kind.EXACT).findFirst();
    assumeTrue(exact.isPresent(), "the model has no exact mass of such x");
    LikelihoodChecks.frequencies(trial, toy.space().orElseThrow(), exact.orElseThrow(), samples);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("toys")
  void aDensityOfThePlaneIntegratesToOneAndItsSamplesHaveItsEntropy(Toy toy) {
    Trial<C, S> trial = trained(toy);
    assumeScores(trial);
    Optional<ScoreMethod> density = LikelihoodChecks.planeDensity(trial);
    assumeTrue(density.isPresent(), "the model has no exact density of the plane");
    LikelihoodChecks.integral(trial, density.orElseThrow());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("toys")
  void codesAndExamplesAreOne(Toy toy) {
    Trial<C, S> trial = trained(toy);
    assumeTrue(trial.model() instanceof LatentCodec, "the model has no codes");
    LatentCodec codec = (LatentCodec) trial.model();
    CodecChecks.alone(codec, trial);
    if (codec.exact()) {
      CodecChecks.roundtrip(codec, trial);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("toys")
  void aBoundStaysBelowTheKnownLikelihood(Toy toy) {
    Trial<C, S> trial = trained(toy);
    assumeScores(trial);
    Batch batch = trial.train().range(0, Math.min(16, trial.train().count()));
    Optional<double[]> known = knownNll(trial.model(), batch);
    assumeTrue(known.isPresent(), "the likelihood is not known by another way");
    LikelihoodChecks.bounds(trial, batch, known.orElseThrow());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("toys")
  void aCompletionKeepsWhatIsKnown(Toy toy) {
    Trial<C, S> trial = trained(toy);
    assumeTrue(trial.infills(), "the model does not complete such x");
    InfillChecks.run(trial, toy.spec().x());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("toys")
  void aClosedModelLeavesNothingBehindAndMayBeClosedAgain(Toy toy) throws InterruptedException {
    LeakCheck leaks = new LeakCheck();
    for (int i = 0; i < CYCLES; i++) {
      try (Trial<C, S> trial = trial(toy, 2)) {
        trial.train(1);
        trial.sample(0, 1);
        leaks.watch(trial.model());
        trial.model().close();
        assertThatCode(trial.model()::close).as("second close").doesNotThrowAnyException();
      }
    }
    leaks.check();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("toys")
  void itCountsItsParameters(Toy toy) {
    Trial<C, S> trial = trained(toy);
    assertThat(trial.model().parameters()).isPositive();
    assertThat(trial.model().trained()).isBetween(0L, trial.model().parameters());
  }

  private void assumeScores(Trial<C, S> trial) {
    assumeTrue(trial.model() instanceof Scorer, "the model has no scorer");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("toys")
  void itLeavesItsParentsAsTheyWere(Toy toy) {
    try (Trial<C, S> trial = trial(toy, 1)) {
      Map<String, MapStateStore> before = trial.parentStates();
      assumeTrue(!before.isEmpty(), "the model builds upon no other");
      trial.train(UPDATES);
      trial.sample(0, 3);
      Map<String, MapStateStore> after = trial.parentStates();
      before.forEach((role, state) ->
          assertThat(state.differences(Objects.requireNonNull(after.get(role))))
              .as(role)
              .isEmpty());
    }
  }

  private ModelProvider<C, S> provider() {
    return ConfigChecks.find(id);
  }

  private Trial<C, S> trained(Toy toy) {
    return trained.computeIfAbsent(
        toy,
        _ -> {
          Trial<C, S> trial = trial(toy, 2);
          trial.trainFully();
          return trial;
        });
  }

  private Trial<C, S> trial(Toy toy, int threads) {
    return new Trial<>(provider(), toy, threads, this::parents);
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(v -> v).average().orElseThrow();
  }
}
