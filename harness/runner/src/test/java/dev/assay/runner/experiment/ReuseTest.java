package dev.assay.runner.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.store.RunFolder;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStatus;
import dev.assay.store.RunStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReuseTest {
  private static final String FILE =
      """
      schema: 1
      name: reuse
      data: uci-digits
      models: [{id: vae, params: {beta: 4}, samplers: [{decoding: mean}]}]
      budget: {epochs: 3}
      """;

  private static Cell cell(String... overrides) {
    return Fakes.cells(FILE, overrides).getFirst();
  }

  /** A run of the cell that took 12 seconds of training. */
  private static RunRecord record(Cell cell, RunStatus status) {
    return new RunRecord(
        RunRecord.SCHEMA,
        cell.id(),
        cell.trainingId(),
        "reuse",
        status,
        status == RunStatus.DONE ? "" : "for a reason",
        new RunRecord.Subject("vae", "vae", "uci-digits", "test", "cpu", "", "fp32", 1, 1, ""),
        new RunRecord.Progress(7, 700, 12, 0),
        List.of(),
        Map.of(),
        Map.of(),
        cell.spec());
  }

  private static Reuse reuse(Cell cell, RunRecord... past) {
    return Reuse.of(cell, List.of(past));
  }

  @Test
  void aCellWithoutAPastHasToRun() {
    assertThat(reuse(cell()).state()).isEqualTo(Reuse.State.MISSING);
    assertThat(reuse(cell()).why()).isEqualTo("no run of this model on this dataset");
    assertThat(reuse(cell()).seconds()).isEmpty();
  }

  @Test
  void itsOwnRunDecidesByItsStatus() {
    Cell cell = cell();
    Map<RunStatus, Reuse.State> expected =
        Map.of(
            RunStatus.DONE, Reuse.State.DONE,
            RunStatus.DIVERGED, Reuse.State.DONE,
            RunStatus.TIMED_OUT, Reuse.State.DONE,
            RunStatus.RUNNING, Reuse.State.RESUMED,
            RunStatus.CANCELLED, Reuse.State.RESUMED,
            RunStatus.FAILED, Reuse.State.MISSING,
            RunStatus.SKIPPED, Reuse.State.MISSING);
    expected.forEach(
        (status, state) -> assertThat(reuse(cell, record(cell, status)).state()).isEqualTo(state));
  }

  @Test
  void theNearestRunTellsTheFirstDifference() {
    assertThat(reuse(cell("models.vae.params.latent=9"), record(cell(), RunStatus.DONE)).why())
        .isEqualTo("model.params.latent is 9, was 8 (run " + cell().id() + ")");
    assertThat(
            reuse(
                    cell("budget.epochs=4", "score.samples=10"),
                    record(cell("budget.epochs=9", "repeat.seeds=[5]"), RunStatus.DONE),
                    record(cell("score.samples=10", "budget={steps: 3}"), RunStatus.DONE))
                .why())
        .startsWith("budget.epochs is 4, was not given, and 1 more");
  }

  @Test
  void changedCodeIsNamedAsSuch() {
    RunRecord old = record(cell(), RunStatus.DONE);
    Map<String, Object> config = new LinkedHashMap<>(old.config());
    config.put("code", Map.of("model", "0123"));
    RunRecord other =
        new RunRecord(
            old.schema(),
            "other",
            old.training(),
            "",
            old.status(),
            "",
            old.subject(),
            old.progress(),
            List.of(),
            Map.of(),
            Map.of(),
            config);
    assertThat(reuse(cell(), other).why()).startsWith("the code of ").contains("has changed");
  }

  @Test
  void anotherModelOrDatasetTellsNothing() {
    assertThat(reuse(cell("models=[gmm]"), record(cell(), RunStatus.DONE)).why())
        .isEqualTo("no run of this model on this dataset");
  }

  @Test
  void trainingTimeIsScaledToTheBudgetAndBoundedByIt() {
    RunRecord past = record(cell(), RunStatus.DONE);
    assertThat(reuse(cell("budget.epochs=9"), past).seconds().orElseThrow())
        .isCloseTo(36, within(1e-9));
    assertThat(reuse(cell("budget={epochs: 9, wall: 20s}"), past).seconds().orElseThrow())
        .isCloseTo(20, within(1e-9));
    assertThat(reuse(cell("models.vae.params.beta=2"), past).seconds().orElseThrow())
        .isCloseTo(12, within(1e-9));
  }

  @Test
  void whatTheStoreGivesBackIsWhatWasPlanned(@TempDir Path folder) throws IOException {
    RunStore store = new RunStore(folder);
    Cell cell = cell();
    RunFolder run = store.run(cell.id());
    java.nio.file.Files.createDirectories(run.path());
    run.write(record(cell, RunStatus.DONE));
    List<RunRecord> read = new ArrayList<>(store.read().records());
    assertThat(Reuse.of(cell("models.vae.params.latent=9"), read).why())
        .isEqualTo("model.params.latent is 9, was 8 (run " + cell.id() + ")");
  }

  @Test
  void aMisfitIsSkippedForItsReason() {
    assertThat(reuse(cell("data=two-moons")))
        .extracting(Reuse::state, Reuse::why)
        .containsExactly(Reuse.State.SKIPPED, "it needs images");
  }
}
