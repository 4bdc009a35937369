package dev.assay.runner.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.runner.execute.PlanRunner.Outcome;
import dev.assay.runner.experiment.ExperimentFile;
import dev.assay.runner.experiment.Plan;
import dev.assay.runner.experiment.Registry;
import dev.assay.spi.ConfigException;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReplayTest {
  private static final String EXPERIMENT =
      """
      schema: 1
      name: Replay me
      data: plane
      models:
        - id: walk
          name: stroll
          params: {finish: 17}
          samplers: [{}, {temperature: 0.5}]
      budget: {steps: 40, wall: 1h}
      backends: [reference]
      repeat: {seeds: [5]}
      score: {samples: 50, seed: 3}
      """;

  private final Registry registry = Cells.registry();
  @TempDir Path folder;

  @Test
  void theRecordOfARunPlansTheSameCellAgain() throws Exception {
    Outcome outcome = run(EXPERIMENT).getFirst();
    Plan plan = Replay.plan(outcome.record(), registry);
    assertThat(plan.cells()).hasSize(1);
    assertThat(plan.cells().getFirst().id()).isEqualTo(outcome.cell().id());
    assertThat(plan.cells().getFirst().model().name()).isEqualTo("stroll");
  }

  @Test
  void withoutTheClockTheBudgetIsTheNumberOfUpdatesThatWereDone() throws Exception {
    RunRecord record = run(EXPERIMENT.replace("steps: 40, ", "")).getFirst().record();
    Plan plan = Replay.planWithoutClock(record, registry);
    assertThat(plan.cells().getFirst().budget().wall()).isEmpty();
    assertThat(plan.cells().getFirst().budget().steps()).contains(17L);
  }

  @Test
  void aRunIsReproducedBitForBit() throws Exception {
    RunRecord record = run(EXPERIMENT).getFirst().record();
    Reproduction again = reproduce(record);
    assertThat(again.differences()).isEmpty();
    assertThat(again.excuses()).isEmpty();
  }

  @Test
  void aChangedHashOrNumberIsFound() throws Exception {
    RunRecord record = run(EXPERIMENT).getFirst().record();
    RunRecord other =
        new RunRecord(
            record.schema(),
            record.run(),
            record.training(),
            record.experiment(),
            record.status(),
            record.reason(),
            record.subject(),
            record.progress(),
            record.metrics().stream().filter(row -> !row.metric().equals("nll")).toList(),
            Map.of("state", "something else"),
            Map.of("cpu", "another"),
            record.config());
    Reproduction again = reproduce(other);
    assertThat(again.differences())
        .anyMatch(line -> line.startsWith("hash of state: something else → "))
        .anyMatch(line -> line.equals("2 numbers → 3"));
    assertThat(again.excuses()).containsExactly("cpu: another → null");
  }

  @Test
  void theFirstSamplesDrawnAgainAreThoseOfTheRun() throws Exception {
    RunRecord record = run(EXPERIMENT).getFirst().record();
    RunStore store = new RunStore(folder.resolve("store"));
    Resampling.Result result =
        Resampling.draw(
            store.run(record.run()), record, registry, 80, Map.of(), folder.resolve("drawn"));
    List<String> first =
        Files.readAllLines(store.run(record.run()).samples().resolve("samples-1.csv"));
    List<String> again = Files.readAllLines(result.files().getFirst());
    assertThat(again).hasSize(81);
    assertThat(again.subList(0, 51)).isEqualTo(first);
  }

  @Test
  void aSettingThatTheSamplerDoesNotHaveIsRefused() throws Exception {
    RunRecord record = run(EXPERIMENT).getFirst().record();
    RunStore store = new RunStore(folder.resolve("store"));
    assertThatThrownBy(() ->
            Resampling.draw(
                store.run(record.run()), record, registry, 8, Map.of("heat", 2L), folder))
        .isInstanceOf(ConfigException.class)
        .hasMessage("unknown parameter 'heat'; choices: temperature");
  }

  @Test
  void aCellThatDiffersInSamplersAloneTakesOverTheTraining() throws Exception {
    RunRecord first = run(EXPERIMENT).getFirst().record();
    RunRecord second = run(EXPERIMENT.replace("0.5", "0.25")).getFirst().record();
    assertThat(second.run()).isNotEqualTo(first.run());
    assertThat(second.progress().resumed()).isEqualTo(1);
    assertThat(second.progress().seconds()).isEqualTo(first.progress().seconds());
    assertThat(second.hashes().get("state")).isEqualTo(first.hashes().get("state"));
    assertThat(second.hashes().get("samples/samples-2"))
        .isNotEqualTo(first.hashes().get("samples/samples-2"));
  }

  private List<Outcome> run(String yaml) throws IOException {
    Plan plan =
        ExperimentFile.read(
                "test", yaml.getBytes(StandardCharsets.UTF_8), List.of(), registry, Path.of(""))
            .plan();
    return Cells.runner(folder.resolve("store"), 1, false, new Cancellation(), RunObserver.NONE)
        .run(plan);
  }

  private Reproduction reproduce(RunRecord record) throws IOException {
    return Reproduction.of(
        record,
        new RunStore(folder.resolve("again")),
        registry,
        Map.of(),
        new Cancellation(),
        RunObserver.NONE);
  }
}
