package dev.assay.runner.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.runner.experiment.Cell;
import dev.assay.runner.experiment.Every;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStatus;
import dev.assay.store.RunStore;
import dev.assay.tensor.RandomStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that dies at any moment costs time, never a bit. */
final class KillTest {
  private static final int STEPS = 400;

  @TempDir Path folder;

  /** The process that is killed: runs the cell in the folder given. */
  public static final class Victim {
    private Victim() {}

    public static void main(String[] arguments) throws IOException {
      Cells.run(Path.of(arguments[0]), cell());
    }
  }

  @Test
  void killedThreeTimesItGivesTheBitsOfAnUninterruptedRun() throws Exception {
    compare(3);
  }

  @Test
  @Tag("slow")
  void killedTwentyTimesItGivesTheBitsOfAnUninterruptedRun() throws Exception {
    compare(20);
  }

  private void compare(int kills) throws Exception {
    RunRecord whole = Cells.run(folder.resolve("whole"), cell()).getFirst().record();
    Path cut = folder.resolve("cut");
    RandomStream moments = RandomStream.root(kills);
    int done = 0;
    while (done < kills) {
      Process victim = start(cut);
      // From before its first line to after its last: a run takes about a second.
      boolean ended = victim.waitFor(150 + moments.nextInt(1100), TimeUnit.MILLISECONDS);
      victim.destroyForcibly().waitFor();
      if (ended) {
        new RunStore(cut).run(cell().id()).clear();
      } else {
        done++;
      }
    }
    assertThat(start(cut).waitFor()).isZero();

    RunRecord resumed = new RunStore(cut).run(cell().id()).read().orElseThrow();
    assertThat(resumed.status()).isEqualTo(RunStatus.DONE);
    assertThat(resumed.hashes()).isEqualTo(whole.hashes());
    assertThat(Cells.promised(resumed)).isEqualTo(Cells.promised(whole));
    assertThat(curve(cut)).isEqualTo(curve(folder.resolve("whole")));
  }

  private static List<String> curve(Path store) throws IOException {
    return Curves.read(new RunStore(store).run(cell().id()).curves()).stream()
        .map(p -> p.step() + " " + p.examples() + " " + p.name() + " " + p.value())
        .toList();
  }

  private static Process start(Path store) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-cp",
            System.getProperty("java.class.path"),
            Victim.class.getName(),
            store.toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static Cell cell() {
    return Cells.of(
        "victim",
        new WalkModel.Behaviour(-1, -1, -1, -1, 1, false),
        Cells.steps(STEPS),
        3,
        new Every.Steps(9),
        new WalkModel.Sampler(1));
  }
}
