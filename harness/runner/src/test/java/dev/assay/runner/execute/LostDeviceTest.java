package dev.assay.runner.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.runner.experiment.Cell;
import dev.assay.runner.experiment.Every;
import dev.assay.store.RunFolder;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStatus;
import dev.assay.store.RunStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device that is lost ends the cell at work; later ones go on in fresh processes. */
final class LostDeviceTest {
  @TempDir private Path folder;

  /** The fresh process. */
  public static final class Worker {
    private Worker() {}

    public static void main(String[] arguments) throws IOException {
      CellWorker.run(
          Cells.plan(cells()),
          arguments[1],
          new RunStore(Path.of(arguments[0])),
          Cells.registry(),
          new PlanRunner.Settings(1, false, Map.of("process", "fresh")),
          System.in,
          System.out);
    }
  }

  private static Cell[] cells() {
    return new Cell[] {cell("first", 2), cell("lost", 1), cell("after", 3)};
  }

  private static Cell cell(String id, long seed) {
    return Cells.of(
        id,
        id.equals("lost") ? WalkModel.Behaviour.LOST : WalkModel.Behaviour.GOOD,
        Cells.steps(20),
        seed,
        new Every.Steps(9),
        new WalkModel.Sampler(1));
  }

  private static List<String> worker(Path store) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xshare:auto",
        "-cp",
        System.getProperty("java.class.path"),
        Worker.class.getName(),
        store.toString());
  }

  private List<PlanRunner.Outcome> run(List<String> worker, RunObserver observer)
      throws IOException {
    PlanRunner.Settings settings =
        new PlanRunner.Settings(1, false, true, Map.of("process", "first"), worker);
    return new PlanRunner(
            new RunStore(folder), Cells.registry(), settings, new Cancellation(), observer)
        .run(Cells.plan(cells()));
  }

  @Test
  void theCellAtWorkFailsAndTheNextIsDoneInAFreshProcessToTheSameBits() throws Exception {
    List<String> told = Collections.synchronizedList(new ArrayList<>());
    List<PlanRunner.Outcome> outcomes = run(worker(folder), new Listener(told));

    assertThat(outcomes)
        .extracting(outcome -> outcome.record().status())
        .containsExactly(RunStatus.DONE, RunStatus.FAILED, RunStatus.DONE);
    assertThat(outcomes.get(1).record().reason())
        .contains("DeviceLostException", "ILLEGAL_ADDRESS");
    assertThat(outcomes)
        .extracting(outcome -> outcome.record().provenance().get("process"))
        .containsExactly("first", "first", "fresh");
    assertThat(told)
        .contains(
            "first TRAINING",
            "after runs in a fresh process: this one has lost the device of" + " reference",
            "after TRAINING",
            "after SAMPLING",
            "after DONE");

    RunRecord undisturbed =
        Cells.run(folder.resolve("undisturbed"), cell("after", 3)).getFirst().record();
    RunRecord after = outcomes.get(2).record();
    assertThat(after.hashes()).isEqualTo(undisturbed.hashes()).containsKey("state");
    assertThat(Cells.promised(after)).isEqualTo(Cells.promised(undisturbed)).isNotEmpty();
  }

  @Test
  void aCellThatSharedTheDeviceIsTriedAloneBeforeItIsToBlame() throws Exception {
    CountDownLatch bothAtWork = new CountDownLatch(2);
    RunObserver observer =
        new Listener(new ArrayList<>()) {
          @Override
          public void phase(Cell cell, Phase phase) {
            bothAtWork.countDown();
            try {
              assertThat(bothAtWork.await(5, TimeUnit.MINUTES)).isTrue();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        };
    PlanRunner.Settings settings =
        new PlanRunner.Settings(2, false, true, Map.of("process", "first"), worker(folder));
    List<PlanRunner.Outcome> outcomes =
        new PlanRunner(
                new RunStore(folder), Cells.registry(), settings, new Cancellation(), observer)
            .run(Cells.plan(cell("first", 2), cell("lost", 1)));
    assertThat(outcomes)
        .extracting(outcome -> outcome.record().status())
        .containsExactly(RunStatus.DONE, RunStatus.FAILED);
    assertThat(outcomes)
        .extracting(outcome -> outcome.record().provenance().get("process"))
        .containsExactly("first", "fresh");
    assertThat(outcomes.get(1).record().progress().resumed()).isEqualTo(1);
  }

  @Test
  void aProcessThatLeavesNothingIsAFailureWithItsExitCode() throws Exception {
    List<PlanRunner.Outcome> outcomes =
        run(List.of("sh", "-c", "echo its last words; exit 7"), RunObserver.NONE);
    RunRecord after = outcomes.get(2).record();
    assertThat(after.status()).isEqualTo(RunStatus.FAILED);
    assertThat(after.reason()).contains("exit code 7");
    assertThat(new RunStore(folder).run("after").read()).contains(after);
    assertThat(new RunStore(folder).run("after").log()).hasContent("its last words");
  }

  @Test
  void aRequestToStopReachesTheProcess() throws Exception {
    Path script = folder.resolve("worker.sh");
    Path stopped = folder.resolve("stopped");
    // says that it trains, waits for a line, and keeps it
    Files.writeString(
        script, "echo 'assay phase TRAINING'; read line; echo $line > " + stopped + "; exit 9\n");
    Cancellation cancellation = new Cancellation();
    Cell cell = cell("after", 3);
    RunFolder run = new RunStore(folder).run("after");
    RunObserver observer =
        new Listener(new ArrayList<>()) {
          @Override
          public void phase(Cell of, Phase phase) {
            cancellation.request();
          }
        };
    Workplace workplace =
        Workplace.of(
            Cells.registry(),
            new DataPool(Cells.registry(), List.of(cell), List.of(), cancellation),
            "test",
            new PlanRunner.Settings(1, false, Map.of()),
            cancellation,
            observer);
    CellProcess.run(cell, run, workplace, List.of("sh", script.toString()));
    assertThat(stopped).hasContent("stop");
  }

  @Test
  void aWorkerThatIsToldToStopKeepsACheckpoint() throws Exception {
    Cell cell =
        Cells.of("slow", new WalkModel.Behaviour(-1, -1, -1, -1, 1, false), Cells.steps(1_000_000));
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    CellWorker.run(
        Cells.plan(cell),
        "slow",
        new RunStore(folder),
        Cells.registry(),
        new PlanRunner.Settings(1, false, Map.of()),
        new Stopping(told),
        new PrintStream(told, true, StandardCharsets.UTF_8));
    RunRecord record = new RunStore(folder).run("slow").read().orElseThrow();
    assertThat(record.status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(new RunStore(folder).run("slow").checkpointFiles()).isNotEmpty();
  }

  /** Asks for a stop during training, and then says nothing for as long as the process lives. */
  private static final class Stopping extends InputStream {
    private final ByteArrayOutputStream told;
    private final byte[] line = (CellWorker.STOP + "\n").getBytes(StandardCharsets.UTF_8);
    private int at;

    Stopping(ByteArrayOutputStream told) {
      this.told = told;
    }

    @Override
    public int read() throws IOException {
      return read(new byte[1], 0, 1);
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
      while (at == line.length) {
        LockSupport.park();
      }
      while (!told.toString(StandardCharsets.UTF_8).contains("assay trained")) {
        LockSupport.parkNanos(1_000_000);
      }
      System.arraycopy(line, 0, into, from, line.length);
      at = line.length;
      return line.length;
    }
  }

  @Test
  void whatAWorkerWritesIsReadAsItWas() {
    List<String> told = new ArrayList<>();
    RunObserver observer = new Listener(told);
    Cell cell = cell("x", 1);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    WorkerLines.Writer writer =
        new WorkerLines.Writer(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    TrainingView whole =
        new TrainingView(7, OptionalDouble.of(20), 1.5, Double.NaN, 12.25, OptionalDouble.of(3));
    TrainingView open =
        new TrainingView(8, OptionalDouble.empty(), 2, 0.1, 1e9, OptionalDouble.empty());
    for (RunObserver each : List.of(writer, observer)) {
      each.phase(cell, RunObserver.Phase.SCORING);
      each.trained(cell, whole);
      each.trained(cell, open);
      each.note(cell, "goes on after update 3");
    }
    List<String> direct = List.copyOf(told);
    told.clear();
    bytes
        .toString(StandardCharsets.UTF_8)
        .lines()
        .forEach(line -> WorkerLines.read(line, cell, observer));
    WorkerLines.read("a library's own line", cell, observer);
    assertThat(told).isEqualTo(direct).hasSize(4);
  }

  /** Keeps what it is told. */
  private static class Listener implements RunObserver {
    private final List<String> told;

    Listener(List<String> told) {
      this.told = told;
    }

    @Override
    public void phase(Cell cell, Phase phase) {
      told.add(cell.id() + " " + phase);
    }

    @Override
    public void trained(Cell cell, TrainingView view) {
      told.add(cell.id() + " " + view);
    }

    @Override
    public void note(Cell cell, String line) {
      told.add(cell.id() + " " + line);
    }

    @Override
    public void ended(Cell cell, RunRecord record, boolean reused) {
      told.add(cell.id() + " " + record.status());
    }
  }
}
