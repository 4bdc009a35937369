package dev.assay.runner.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.spi.Fit;
import dev.assay.spi.Metric;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PlanTest {
  private static final String FILE =
      """
      schema: 1
      name: plan
      data: uci-digits
      models: [gmm, vae]
      budget: {epochs: 3}
      """;

  private static List<Cell> plan(String... overrides) {
    return Fakes.cells(FILE, overrides);
  }

  private static Cell vae(String... overrides) {
    return plan(overrides).get(1);
  }

  @Test
  void cellsAreDatasetsTimesModelsTimesBackendsTimesSeeds() {
    assertThat(plan("data=[uci-digits, two-moons]", "backends=[reference, cpu]", "repeat.seeds=2"))
        .extracting(
            c -> c.data().id() + " " + c.model().name() + " " + c.backend().id() + " " + c.seed())
        .containsExactly(
            "uci-digits gmm reference 1", "uci-digits gmm reference 2",
            "uci-digits gmm cpu 1", "uci-digits gmm cpu 2",
            "uci-digits vae reference 1", "uci-digits vae reference 2",
            "uci-digits vae cpu 1", "uci-digits vae cpu 2",
            "two-moons gmm reference 1", "two-moons gmm reference 2",
            "two-moons gmm cpu 1", "two-moons gmm cpu 2",
            "two-moons vae reference 1", "two-moons vae reference 2",
            "two-moons vae cpu 1", "two-moons vae cpu 2");
  }

  @Test
  void seedsThatMayBeAddedArePlannedApart() throws Exception {
    Plan plan = Fakes.file(FILE, "repeat={seeds: 2, until: {ci: 2%}, max: 4}").plan();
    assertThat(plan.cells()).extracting(Cell::seed).containsExactly(1L, 2L, 1L, 2L);
    assertThat(plan.spare())
        .extracting(c -> c.model().name() + " " + c.seed())
        .containsExactly("gmm 3", "gmm 4", "vae 3", "vae 4");
  }

  @Test
  void aGridCombinesAndLeavesOtherModelsAlone() {
    List<Cell> cells =
        plan("sweep=[{grid: {models.vae.params.latent: [2, 8], models.vae.params.beta: [1, 4]}}]");
    assertThat(cells)
        .extracting(c -> (c.model().name() + " " + c.model().label()).strip())
        .containsExactly("gmm", "vae latent=2", "vae latent=2 beta=4.0", "vae", "vae beta=4.0");
  }

  @Test
  void aZipGoesThroughItsListsTogether() {
    assertThat(
            plan(
                "models=[vae]",
                "sweep=[{zip: {models.vae.params.latent: [2, 4]," + " budget.epochs: [5, 6]}}]"))
        .extracting(c -> c.model().label() + ", " + c.budget().epochs().orElseThrow())
        .containsExactly("latent=2 budget.epochs=5, 5", "latent=4 budget.epochs=6, 6");
  }

  @Test
  void axesCombineAsAProduct() {
    assertThat(
            plan(
                "models=[vae]",
                "sweep=[{grid: {models.vae.params.latent: [2, 4]}}, {grid: {budget.epochs: [5,"
                    + " 6]}}]"))
        .hasSize(4);
  }

  @Test
  void aMisfitIsSkippedWithItsReasonAndItsDataIsSeenAfterPreprocessing() {
    List<Cell> cells = plan("data=two-moons");
    assertThat(cells.get(0).fit()).isEqualTo(Fit.continuous());
    assertThat(cells.get(1).fit()).isEqualTo(Fit.no("it needs images"));
    assertThat(
            plan("data={id: uci-digits, preprocess: {binarize: stochastic}}")
                .getFirst()
                .data()
                .spec())
        .hasToString(
            "Conditional[x=Image[height=8, width=8, channels=1, levels=2], condition=Nothing[]]");
  }

  @Test
  void aBackendThatIsNotAvailableSkipsItsCells() {
    assertThat(vae("backends=[jcuda]").fit())
        .isEqualTo(Fit.no("the backend 'jcuda' is not available: no NVIDIA driver"));
  }

  @Test
  void metricsAreThoseThatFitTheData() {
    assertThat(vae().metrics()).extracting(Metric::id).containsExactly("c2st", "nll");
    assertThat(vae("data=two-moons").metrics()).extracting(Metric::id).containsExactly("nll");
    assertThat(vae("score.metrics=[nll]").metrics()).extracting(Metric::id).containsExactly("nll");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "models.vae.params.latent=9",
        "models.vae.samplers=[{decoding: mean}]",
        "data=two-moons",
        "data.split.valid=5",
        "data.preprocess.binarize=threshold",
        "budget.epochs=4",
        "budget.wall=5s",
        "budget.patience=2",
        "backends=[reference]",
        "backends=[{id: jcuda, precision: bf16}]",
        "backends=[{id: jcuda, blas: own}]",
        "repeat.seeds=[2]",
        "score.samples=5",
        "score.importance_samples=5",
        "score.seed=5",
        "score.metrics=[nll]",
      })
  void whateverDeterminesTheResultChangesTheId(String override) {
    assertThat(vae(override).id()).isNotEqualTo(vae().id()).matches("[0-9a-f]{16}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name=other",
        "models.vae.name=other",
        "models.vae.params.latent=8",
        "models.vae.params={latent: 8, hidden: [200]}",
        "models.vae.samplers=[{decoding: draw}]",
        "backends=[{id: cpu, threads: 1}]",
        "checkpoint.every=5 steps",
        "evaluate.every=5 steps",
        "repeat.seeds=[1]",
        "budget.epochs=3.0",
      })
  void whateverDoesNotKeepsTheId(String override) {
    assertThat(vae(override).id()).isEqualTo(vae().id());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "models.vae.samplers=[{decoding: mean}]",
        "score.samples=5",
        "score.seed=5",
        "score.metrics=[nll]"
      })
  void whatIsDoneAfterTrainingKeepsTheTrainingId(String override) {
    assertThat(vae(override).trainingId()).isEqualTo(vae().trainingId());
    assertThat(vae("budget.epochs=4").trainingId()).isNotEqualTo(vae().trainingId());
  }

  @Test
  void evaluationDeterminesTheResultOnceItCanEndTheTraining() {
    assertThat(vae("budget.patience=2", "evaluate.every=5 steps").id())
        .isNotEqualTo(vae("budget.patience=2", "evaluate.every=6 steps").id());
  }

  @Test
  void theSpecSaysEverythingThatDeterminesTheResult() {
    Map<String, Object> spec = vae("models.vae.params.latent=9").spec();
    assertThat(spec.keySet())
        .containsExactly(
            "model",
            "data",
            "budget",
            "backend",
            "seed",
            "code",
            "samplers",
            "score",
            "metrics_code");
    assertThat(spec.get("model"))
        .hasToString(
            "{id=vae, params={latent=9, hidden=[200], beta=1.0, learned_prior=false,"
                + " likelihood=bernoulli}}");
    assertThat(spec.get("data"))
        .hasToString(
            "{id=uci-digits, files={uci-digits.csv=00ff}, split={valid=0},"
                + " preprocess={binarize=none}}");
    assertThat(spec.get("score"))
        .hasToString(
            "{metrics=[c2st, nll], samples=1000, importance_samples=100, seed=1, outliers=[],"
                + " annealing=0}");
    assertThat(PlainJson.canonical(spec)).startsWith("{\"backend\":{\"id\":\"cpu\"");
  }

  @Test
  void equalCellsOfASweepAreRunOnce() {
    assertThat(plan("models=[gmm, {id: gmm, name: again}]")).hasSize(1);
  }
}
