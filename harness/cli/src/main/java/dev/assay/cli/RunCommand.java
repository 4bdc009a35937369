package dev.assay.cli;

import dev.assay.runner.execute.Cancellation;
import dev.assay.runner.execute.Curves;
import dev.assay.runner.execute.Curves.Point;
import dev.assay.runner.execute.PlanRunner;
import dev.assay.runner.execute.PlanRunner.Outcome;
import dev.assay.runner.execute.Provenance;
import dev.assay.runner.experiment.Cell;
import dev.assay.runner.experiment.Plan;
import dev.assay.runner.experiment.Registry;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStatus;
import dev.assay.store.RunStore;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code assay run}: runs what is missing of an experiment, resumes what was cut. */
@Command(
    name = "run",
    description = {
      "Run an experiment: what is missing is run, what was cut goes on, what is done is reused.",
      "Ctrl-C stops after the update at hand and keeps a checkpoint; twice exits at once."
    })
final class RunCommand implements Callable<Integer> {
  private static final int CURVE_WIDTH = 60;
  private static final int CURVE_HEIGHT = 8;
  private static final int LINE_WIDTH = 24;

  private final PrintStream out;

  @Parameters(paramLabel = "FILE", description = "The experiment, YAML.")
  private Path file;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where results go (default: results/runs/<name of the experiment>).")
  private @Nullable Path folder;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "Override a setting, such as budget.epochs=5; may be repeated.")
  private List<String> overrides = List.of();

  @Option(
      names = "--jobs",
      paramLabel = "N",
      defaultValue = "1",
      description = "Cells to run at once; the processors are shared out among them (default: 1).")
  private int jobs;

  @Option(names = "--fresh", description = "Run again what is done already.")
  private boolean fresh;

  @Option(names = "--curves", description = "Draw the learning curves of each cell.")
  private boolean curves;

  RunCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    if (jobs < 1) {
      throw new UsageException("--jobs is " + jobs + ", but must be at least 1", List.of());
    }
    Registry registry = Registry.load();
    Plan plan = ExperimentArgument.read(file, overrides, registry).plan();
    RunStore store =
        new RunStore(ResultsFolder.of(Optional.ofNullable(folder), plan.experiment().name()));
    Cancellation cancellation = new Cancellation();
    Optional<Path> root = Optional.ofNullable(System.getProperty("assay.root")).map(Path::of);
    TerminalWidth width = new TerminalWidth();
    List<Outcome> outcomes;
    List<RunRecord> references;
    try (Board board = board(plan.cells(), store, width)) {
      board.addSpare(plan.spare());
      Interrupts.install(
          cancellation,
          () ->
              board.lines(
                  List.of(
                      "stopping after the update or batch at hand; Ctrl-C again exits at once")));
      PlanRunner runner =
          new PlanRunner(
              store,
              registry,
              new PlanRunner.Settings(
                  jobs,
                  fresh,
                  true,
                  Provenance.collect(root),
                  CellCommand.starter(file, store.path(), overrides, jobs)),
              cancellation,
              board);
      outcomes = runner.run(plan);
      references = runner.references();
    }
    summary(outcomes, references, plan, store, width);
    List<RunRecord> records = outcomes.stream().map(Outcome::record).toList();
    EmptyMetrics.lines(plan, records, registry).forEach(out::println);
    return exitCode(outcomes, plan);
  }

  private Board board(List<Cell> cells, RunStore store, TerminalWidth width) {
    BiFunction<Cell, RunRecord, List<String>> details = (cell, record) -> curves(store, record);
    return TerminalWidth.isTerminal()
        ? new LiveBoard(out, width, cells, details)
        : new PlainBoard(out, System::nanoTime, cells, details).started();
  }

  private List<String> curves(RunStore store, RunRecord record) {
    try {
      List<Point> points = Curves.read(store.run(record.run()).curves());
      List<String> lines = new ArrayList<>();
      for (String name : points.stream().map(Point::name).distinct().sorted().toList()) {
        List<Point> own = points.stream().filter(p -> p.name().equals(name)).toList();
        if (curves) {
          List<String> plot = Sparkline.plot(own, CURVE_WIDTH, CURVE_HEIGHT);
          if (!plot.isEmpty()) {
            lines.add("    " + name);
            plot.forEach(line -> lines.add("    " + line));
          }
        } else if (name.equals("train.loss") && own.size() > 1) {
          lines.add(
              "    loss "
                  + Show.number(own.getFirst().value())
                  + " "
                  + Sparkline.line(own, LINE_WIDTH)
                  + " "
                  + Show.number(own.getLast().value()));
        }
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void summary(
      List<Outcome> outcomes,
      List<RunRecord> references,
      Plan plan,
      RunStore store,
      TerminalWidth width) {
    List<RunRecord> records = outcomes.stream().map(Outcome::record).toList();
    int columns = TerminalWidth.isTerminal() ? width.getAsInt() : Integer.MAX_VALUE;
    List<RunRecord> rows = new ArrayList<>(records);
    rows.addAll(references);
    new FinalTable(rows, columns).lines().forEach(out::println);
    out.println();
    out.println("results.csv, leaderboard.csv and runs/ are in " + relative(store.path()));
    long all = Math.max(records.size(), plan.cells().size());
    long open = all - records.stream().filter(record -> record.status().isFinal()).count();
    if (records.stream().anyMatch(record -> record.status() == RunStatus.CANCELLED)
        || records.size() < plan.cells().size()) {
      out.println(open + " of " + all + " cells are left; to go on with them:");
      out.println("  " + resumption());
    }
  }

  /** The command without {@code --fresh}, which would run again what is done. */
  private String resumption() {
    List<String> words = new ArrayList<>(List.of("run", file.toString()));
    if (folder != null) {
      words.addAll(List.of("--out", folder.toString()));
    }
    overrides.forEach(override -> words.addAll(List.of("--set", override)));
    if (jobs > 1) {
      words.addAll(List.of("--jobs", String.valueOf(jobs)));
    }
    return ShellCommand.of(words);
  }

  private static Path relative(Path path) {
    Path here = Path.of("").toAbsolutePath();
    return path.startsWith(here) ? here.relativize(path) : path;
  }

  private static int exitCode(List<Outcome> outcomes, Plan plan) {
    long good =
        outcomes.stream()
            .map(outcome -> outcome.record().status())
            .filter(status -> status == RunStatus.DONE || status == RunStatus.SKIPPED)
            .count();
    return good == Math.max(outcomes.size(), plan.cells().size()) ? Exit.GOOD : Exit.FAILED;
  }
}
