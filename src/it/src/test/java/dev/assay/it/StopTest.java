package dev.assay.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.store.MetricRow;
import dev.assay.store.Role;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStatus;
import dev.assay.store.RunStore;
import dev.assay.tensor.RandomStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A VAE on digits that is stopped by a signal, or killed, and goes on. */
final class StopTest {
  @TempDir private static Path shared;
  private static Path file;
  private static RunRecord uninterrupted;

  @TempDir private Path folder;

  @BeforeAll
  static void anExperimentThatSavesOftenIsRunWithoutAStop() throws IOException {
    file =
        Files.writeString(
            shared.resolve("cut.yaml"),
            """
            schema: 1
            name: cut
            data: {id: uci-digits, preprocess: {binarize: threshold}}
            models: [{id: vae, params: {hidden: [64, 64], batch: 32}}]
            budget: {steps: 500}
            checkpoint: {every: 10 steps}
            score: {metrics: [nll, c2st], samples: 200, importance_samples: 5}
            """);
    Path whole = shared.resolve("whole");
    assertThat(Assay.run("run", file.toString(), "--out", whole.toString()).code()).isZero();
    uninterrupted = record(whole);
    assertThat(uninterrupted.progress().resumed()).isZero();
    assertThat(promised(uninterrupted))
        .extracting(MetricRow::metric)
        .contains("nll", "c2st", "flops_per_step");
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void aSignalKeepsACheckpointFromWhichTheCommandShownGoesOnToTheSameBits(String signal)
      throws Exception {
    Path cut = folder.resolve("cut out");
    Process process = start(file, cut);
    awaitCheckpoint(cut, process);
    send(signal, process);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isEqualTo(1);
    RunRecord stopped = record(cut);
    assertThat(stopped.status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(stopped.reason()).matches("stopped; a checkpoint keeps update \\d+");
    assertThat(output)
        .contains("Ctrl-C again exits at once", "cancelled: " + stopped.reason())
        .contains("1 of 1 cells are left; to go on with them:")
        .contains("  assay run " + file + " --out '" + cut + "'");

    assertThat(Assay.run("run", file.toString(), "--out", cut.toString()).code()).isZero();
    assertThat(record(cut).progress().resumed()).isEqualTo(1);
    assertEqualToAnUninterruptedRun(cut);
  }

  @Test
  void aSecondSignalExitsAtOnceAndHarmsNoFile() throws Exception {
    Path out = folder.resolve("slow");
    // One update is far longer than the time between the signals.
    Path slow =
        Files.writeString(
            folder.resolve("slow.yaml"),
            """
            schema: 1
            name: slow
            data: {id: uci-digits, preprocess: {binarize: threshold}}
            models: [{id: gpt, params: {layers: 8, width: 256, heads: 8, batch: 1024}}]
            budget: {steps: 50}
            score: {metrics: [nll], samples: 10}
            """);
    Process process = start(slow, out);
    await(process, () -> !new RunStore(out).read().records().isEmpty());
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      send("TERM", process);
      assertThat(lines.lines().filter(line -> line.contains("again exits at once")).findFirst())
          .isPresent();
      send("TERM", process);
      assertThat(process.waitFor()).isEqualTo(1);
    }
    RunStore.Snapshot left = new RunStore(out).read();
    assertThat(left.damaged()).isEmpty();
    // Cut off in its first update; a first signal that came before that had ended the cell already.
    assertThat(left.records())
        .extracting(RunRecord::status)
        .isNotEmpty()
        .isSubsetOf(RunStatus.RUNNING, RunStatus.CANCELLED);
    assertThat(Assay.run("plan", slow.toString(), "--out", out.toString()).code()).isZero();
  }

  @Test
  void killedTwiceItGivesTheBitsOfAnUninterruptedRun() throws Exception {
    kill(2);
  }

  @Test
  @Tag("slow")
  void killedTwentyTimesItGivesTheBitsOfAnUninterruptedRun() throws Exception {
    kill(20);
  }

  private void kill(int kills) throws Exception {
    Path cut = folder.resolve("killed");
    RandomStream moments = RandomStream.root(kills);
    for (int done = 0; done < kills; ) {
      Process process = start(file, cut);
      // From before its first line to after its last.
      boolean ended = process.waitFor(300 + moments.nextInt(3000), TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();
      if (ended) {
        new RunStore(cut).run(record(cut).run()).clear();
      } else {
        done++;
      }
    }
    Assay.Result last = Assay.run("run", file.toString(), "--out", cut.toString());
    assertThat(last.code()).as(last.err()).isZero();
    assertEqualToAnUninterruptedRun(cut);
  }

  private void assertEqualToAnUninterruptedRun(Path cut) throws IOException {
    assertThat(record(cut).hashes()).isEqualTo(uninterrupted.hashes()).containsKey("state");
    assertThat(promised(record(cut))).isEqualTo(promised(uninterrupted)).isNotEmpty();
  }

  /** All but what a clock or a meter tells. */
  private static List<MetricRow> promised(RunRecord record) {
    return record.metrics().stream()
        .filter(row -> !row.kind().equals("measured") || row.metric().equals("flops_per_step"))
        .toList();
  }

  private static RunRecord record(Path store) throws IOException {
    return models(store).getFirst();
  }

  private static List<RunRecord> models(Path store) throws IOException {
    return new RunStore(store)
        .read().records().stream().filter(record -> record.role() == Role.MODEL).toList();
  }

  private static Process start(Path experiment, Path out) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.assay.cli.Main"));
    command.addAll(List.of("run", experiment.toString(), "--out", out.toString()));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static void awaitCheckpoint(Path store, Process process) throws Exception {
    await(
        process,
        () -> {
          List<RunRecord> records = models(store);
          return !records.isEmpty()
              && !new RunStore(store).run(records.getFirst().run()).checkpointFiles().isEmpty();
        });
  }

  /** A condition that files will fulfil. */
  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(Process process, Condition condition) throws Exception {
    while (!condition.holds()) {
      assertThat(process.isAlive()).as("the process waits to be stopped").isTrue();
      Thread.sleep(5);
    }
  }

  /**
   * A process that inherits an ignored signal, as in the background of a shell, goes on ignoring
   * it.
   */
  private static void send(String signal, Process process) throws Exception {
    Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
    assumeTrue(Files.isReadable(status), "skipped: signals are tested on Linux");
    int number = signal.equals("INT") ? 2 : 15;
    long ignored =
        Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .mapToLong(line -> Long.parseUnsignedLong(line.split("\\s+")[1], 16))
            .findFirst()
            .orElseThrow();
    if ((ignored >> (number - 1) & 1) != 0) {
      process.destroyForcibly();
      assumeTrue(false, "skipped: SIG" + signal + " is ignored here");
    }
    new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start().waitFor();
  }
}
