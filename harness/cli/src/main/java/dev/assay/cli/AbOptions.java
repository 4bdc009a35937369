package dev.assay.cli;

import dev.assay.runner.execute.Curves;
import dev.assay.runner.execute.Pace;
import dev.assay.runner.gate.TurnTaking;
import dev.assay.store.ResultRow;
import dev.assay.store.ResultTable;
import dev.assay.store.Role;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStatus;
import dev.assay.store.RunStore;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** Two builds that run an experiment in turns. */
final class AbOptions {
  private static final int LEAST = 3;
  private static final int LINES = 20;

  private final PrintStream err = System.err;

  @Option(
      names = "--ab",
      arity = "2",
      paramLabel = "BUILD",
      description = {
        "Run FILE with two builds in turns, base first, each time in a fresh JVM, and compare the"
            + " throughput of training in the steady state, memory that updates allocate, and"
            + " operations. A build is a clone, an unpacked bundle, a launcher, or a jar that goes"
            + " before this program's class path. Leave the machine alone meanwhile."
      })
  private List<Path> builds = List.of();

  @Option(
      names = "--forks",
      paramLabel = "N",
      defaultValue = "6",
      description = "With --ab: processes of each build (default: ${DEFAULT-VALUE}).")
  private int forks;

  @Option(
      names = "--base-options",
      paramLabel = "WORDS",
      defaultValue = "",
      description = "With --ab: options for the JVM of the base.")
  private String baseOptions;

  @Option(
      names = "--head-options",
      paramLabel = "WORDS",
      defaultValue = "",
      description = "With --ab: options for the JVM of the head.")
  private String headOptions;

  boolean isAsked() {
    return !builds.isEmpty();
  }

  /** What the processes of both builds left. */
  record Sides(List<TurnTaking.Process> base, List<TurnTaking.Process> head) {
    List<ResultRow> rows() {
      List<ResultRow> rows = new ArrayList<>();
      base.forEach(process -> rows.addAll(process.rows()));
      head.forEach(process -> rows.addAll(process.rows()));
      return rows;
    }
  }

  /**
   * Runs an experiment with both builds, base, head, head, base, …
   *
   * @param check sees the rows of the first pair, so that a slip of the user's is told early
   * @throws UsageException if a build cannot run it; the message has what it printed
   */
  Sides run(Path experiment, Consumer<List<ResultRow>> check) throws IOException {
    if (forks < LEAST) {
      throw new UsageException(
          "--forks is " + forks + ", but must be at least " + LEAST, List.of());
    }
    Installation base = Installation.of(builds.getFirst(), baseOptions);
    Installation head = Installation.of(builds.getLast(), headOptions);
    Sides sides = new Sides(new ArrayList<>(), new ArrayList<>());
    try (Scratch scratch = Scratch.create("assay-ab-")) {
      for (int k = 0; k < forks; k++) {
        Path baseFolder = scratch.path().resolve("base-" + k);
        Path headFolder = scratch.path().resolve("head-" + k);
        boolean baseFirst = k % 2 == 0;
        long start = System.nanoTime();
        if (baseFirst) {
          sides.base().add(process(base, experiment, baseFolder));
        }
        sides.head().add(process(head, experiment, headFolder));
        if (!baseFirst) {
          sides.base().add(process(base, experiment, baseFolder));
        }
        if (k == 0) {
          check.accept(sides.rows());
        }
        err.printf(
            "assay: pair %d of %d after %s%n",
            k + 1, forks, Show.seconds((System.nanoTime() - start) / 1e9));
      }
    }
    return sides;
  }

  private static TurnTaking.Process process(Installation build, Path experiment, Path folder)
      throws IOException {
    Files.createDirectories(folder);
    Path log = folder.resolve("log.txt");
    List<String> arguments =
        List.of("run", experiment.toAbsolutePath().toString(), "--out", folder.toString());
    int code = build.run(arguments, log);
    RunStore store = new RunStore(folder);
    List<RunRecord> records =
        store.current(store.read().records()).stream()
            .filter(record -> record.role() == Role.MODEL)
            .filter(record -> record.status() != RunStatus.RUNNING)
            .toList();
    if (records.isEmpty()) {
      List<String> lines = Files.readAllLines(log);
      throw new UsageException(
          "--ab: " + build.command().getFirst() + " left no run, exit code " + code + "; it said",
          lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    }
    Map<RunRecord.Subject, Pace> paces = new LinkedHashMap<>();
    for (RunRecord record : records) {
      if (record.status() == RunStatus.DONE) {
        Pace.of(Curves.read(store.run(record.run()).curves()))
            .ifPresent(pace -> paces.put(record.subject(), pace));
      }
    }
    return new TurnTaking.Process(ResultTable.of(records), paces);
  }
}
