package dev.assay.runner.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.runner.execute.WalkModel.Behaviour;
import dev.assay.runner.experiment.Cell;
import dev.assay.spi.Metric;
import dev.assay.store.RunFolder;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStatus;
import dev.assay.store.RunStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TestScoresTest {
  private static final Behaviour UNSCORABLE = new Behaviour(-1, -1, -1, -1, 0, true);

  @TempDir Path folder;

  @Test
  void scoresThatNoMetricReadsAreNotComputed() throws IOException {
    List<RunObserver.Phase> phases = new ArrayList<>();
    RunRecord record = run(phases, UNSCORABLE, MeanNll.CENTRE);
    assertThat(record.status()).isEqualTo(RunStatus.DONE);
    assertThat(phases).doesNotContain(RunObserver.Phase.SCORING);
    assertThat(record.hashes()).containsKey("state").doesNotContainKey("scores");
    assertThat(scores()).doesNotExist();
  }

  @Test
  void scoresAreComputedOnceForAllMetricsThatReadThem() throws IOException {
    List<RunObserver.Phase> phases = new ArrayList<>();
    RunRecord record =
        run(phases, Behaviour.GOOD, MeanNll.CENTRE, MeanNll.NLL, new MeanNll("again", false));
    assertThat(record.metrics()).extracting("metric").contains("centre", "nll", "again");
    assertThat(Collections.frequency(phases, RunObserver.Phase.SCORING)).isOne();
    assertThat(record.hashes()).containsKey("scores");
    assertThat(scores()).isNotEmptyFile();
  }

  private Path scores() {
    RunFolder run = new RunStore(folder).run("a");
    return run.scores();
  }

  private RunRecord run(List<RunObserver.Phase> phases, Behaviour behaviour, Metric... metrics)
      throws IOException {
    Cell cell = Cells.measured(Cells.of("a", behaviour, Cells.steps(3)), metrics);
    RunObserver observer =
        new RunObserver() {
          @Override
          public void phase(Cell of, Phase phase) {
            phases.add(phase);
          }

          @Override
          public void trained(Cell of, TrainingView view) {}

          @Override
          public void note(Cell of, String line) {}

          @Override
          public void ended(Cell of, RunRecord record, boolean reused) {}
        };
    return Cells.runner(folder, 1, false, new Cancellation(), observer)
        .run(Cells.plan(cell))
        .getFirst()
        .record();
  }
}
