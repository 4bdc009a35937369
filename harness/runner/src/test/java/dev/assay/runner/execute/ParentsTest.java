package dev.assay.runner.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.runner.execute.PlanRunner.Outcome;
import dev.assay.runner.experiment.Cell;
import dev.assay.runner.experiment.ExperimentFile;
import dev.assay.runner.experiment.Plan;
import dev.assay.runner.experiment.Registry;
import dev.assay.runner.yaml.ProblemException;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStatus;
import dev.assay.store.RunStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models that build upon trained ones. */
final class ParentsTest {
  private static final String EXPERIMENT =
      """
      schema: 1
      name: School
      data: plane
      models:
        - {id: walk, name: master}
        - {id: pupil, parents: {teacher: master}}
      budget: {steps: 20}
      backends: [reference]
      repeat: {seeds: [5]}
      score: {samples: 50}
      """;

  private final Registry registry = Cells.registry();
  @TempDir Path folder;

  @Test
  void aChildIsTrainedAfterItsParentAndSeesItAsItsTrainingEnded() throws Exception {
    List<Outcome> outcomes = run("store", 1, EXPERIMENT);
    assertThat(outcomes)
        .extracting(o -> o.cell().model().name() + " " + o.cell().model().label())
        .containsExactly("master ", "pupil teacher=master");
    assertThat(outcomes).extracting(o -> o.record().status()).containsOnly(RunStatus.DONE);
    // Another training of the parent makes another child, whose own settings are the same.
    List<Outcome> others =
        run("store", 1, EXPERIMENT.replace("name: master", "name: master, params: {finish: 9}"));
    assertThat(others.get(1).reused()).isFalse();
    assertThat(others.get(1).cell().id()).isNotEqualTo(outcomes.get(1).cell().id());
    assertThat(state(others)).isNotEqualTo(state(outcomes));
  }

  @Test
  void jobsAndReuseChangeNoBit() throws Exception {
    String several = EXPERIMENT.replace("[5]", "[1, 2, 3]");
    List<Outcome> alone = run("alone", 1, several);
    List<Outcome> together = run("together", 3, several);
    assertThat(together)
        .extracting(o -> o.record().hashes())
        .isEqualTo(alone.stream().map(o -> o.record().hashes()).toList());
    assertThat(run("alone", 2, several)).allMatch(Outcome::reused);
  }

  @Test
  void aSweepOfTheParentSweepsTheChild() throws Exception {
    List<Cell> cells =
        plan(EXPERIMENT + "sweep: [{grid: {models.master.params.finish: [7, 9]}}]").cells();
    assertThat(cells)
        .extracting(cell -> cell.model().name() + " " + cell.model().label())
        .containsExactly(
            "master finish=7",
            "master finish=9",
            "pupil teacher=master(finish=7)",
            "pupil teacher=master(finish=9)");
  }

  @Test
  void theSamplersOfAParentDoNotMatterToItsChild() throws Exception {
    Cell child = plan(EXPERIMENT).cells().getLast();
    String other = EXPERIMENT.replace("master}\n", "master, samplers: [{temperature: 2}]}\n");
    assertThat(plan(other).cells().getLast().id()).isEqualTo(child.id());
  }

  @Test
  void aChildOfAFailedParentFailsAndSaysWhy() throws Exception {
    List<Outcome> outcomes =
        run("store", 2, EXPERIMENT.replace("name: master", "name: master, params: {crash: 3}"));
    assertThat(outcomes.get(1).record().status()).isEqualTo(RunStatus.FAILED);
    assertThat(outcomes.get(1).record().reason())
        .startsWith("its teacher 'master' is FAILED: IllegalStateException: it crashed");
  }

  @Test
  void aChildIsReproducedFromItsRecordBitForBit() throws Exception {
    RunRecord child = run("store", 1, EXPERIMENT).getLast().record();
    Reproduction again =
        Reproduction.of(
            child,
            new RunStore(folder.resolve("again")),
            registry,
            Map.of(),
            new Cancellation(),
            RunObserver.NONE);
    assertThat(again.differences()).isEmpty();
    assertThat(again.excuses()).isEmpty();
  }

  @Test
  void aChildDrawsAgainWhatItDrew() throws Exception {
    RunRecord child = run("store", 1, EXPERIMENT).getLast().record();
    RunStore store = new RunStore(folder.resolve("store"));
    Resampling.Result result =
        Resampling.draw(
            store.run(child.run()), child, registry, 50, Map.of(), folder.resolve("drawn"));
    assertThat(result.files().getFirst())
        .hasSameTextualContentAs(store.run(child.run()).samples().resolve("samples.csv"));
  }

  /** The child's data stand first, yet the parent is trained before it. */
  @Test
  void aParentCanMeetOtherDataThanItsChild() throws Exception {
    String yaml =
        EXPERIMENT
            .replace("data: plane", "data: [plane, other-plane]")
            .replace("name: master", "name: master, data: other-plane")
            .replace("{id: pupil,", "{id: pupil, data: plane,");
    List<Outcome> outcomes = run("store", 1, yaml);
    assertThat(outcomes)
        .extracting(o -> o.cell().model().name() + " " + o.cell().data().id())
        .containsExactly("master other-plane", "pupil plane");
    assertThat(outcomes).extracting(o -> o.record().status()).containsOnly(RunStatus.DONE);
    RunRecord child = outcomes.getLast().record();
    assertThat(plan(EXPERIMENT).cells().getLast().id()).isNotEqualTo(child.run());
    Reproduction again =
        Reproduction.of(
            child,
            new RunStore(folder.resolve("again")),
            registry,
            Map.of(),
            new Cancellation(),
            RunObserver.NONE);
    assertThat(again.differences()).isEmpty();
    RunStore store = new RunStore(folder.resolve("store"));
    Resampling.Result result =
        Resampling.draw(
            store.run(child.run()), child, registry, 50, Map.of(), folder.resolve("drawn"));
    assertThat(result.files().getFirst())
        .hasSameTextualContentAs(store.run(child.run()).samples().resolve("samples.csv"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {id: pupil} | needs parents for teacher
          {id: pupil, parents: {}} | models.pupil.parents has no 'teacher'
          {id: pupil, parents: {teacher: mastr}} | teacher is not the name of a model that stands
          {id: pupil, parents: {teacher: pupil}} | teacher is not the name of a model that stands
          {id: pupil, parents: {teacher: master, aunt: master}} | has no key 'aunt'
          {id: walk, data: plain} | models.walk.data is not the id of one of the experiment's datasets
          {id: walk, parents: {teacher: master}} | has parents, but walk builds upon no other model
          """)
  void parentsThatCannotBeAreReported(String entry, String message) {
    String yaml = EXPERIMENT.replace("{id: pupil, parents: {teacher: master}}", entry);
    assertThatThrownBy(() -> plan(yaml))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e ->
                assertThat(e.problems())
                    .singleElement()
                    .satisfies(problem -> {
                      assertThat(problem.message()).contains(message);
                      assertThat(problem.mark().line()).isEqualTo(6);
                    }));
  }

  private static String state(List<Outcome> outcomes) {
    return String.valueOf(outcomes.getLast().record().hashes().get("state"));
  }

  private List<Outcome> run(String store, int jobs, String yaml) throws IOException {
    return Cells.runner(folder.resolve(store), jobs, false, new Cancellation(), RunObserver.NONE)
        .run(plan(yaml));
  }

  private Plan plan(String yaml) throws IOException {
    byte[] text = yaml.getBytes(StandardCharsets.UTF_8);
    return ExperimentFile.read("test", text, List.of(), registry, Path.of("")).plan();
  }
}
