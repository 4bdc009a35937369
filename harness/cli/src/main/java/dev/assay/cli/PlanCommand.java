package dev.assay.cli;

import dev.assay.runner.experiment.Cell;
import dev.assay.runner.experiment.Plan;
import dev.assay.runner.experiment.Registry;
import dev.assay.runner.experiment.Reuse;
import dev.assay.runner.experiment.Until;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStore;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code assay plan}: what {@code run} would do, without doing it. */
@Command(
    name = "plan",
    description = {
      "Show what run would do with an experiment, and why; runs nothing.",
      "A cell is done already, to be resumed, to be run (with what differs from the nearest past"
          + " run), or skipped. Times are estimated from past runs."
    })
final class PlanCommand implements Callable<Integer> {
  private final PrintStream out;

  @Parameters(paramLabel = "FILE", description = "The experiment, YAML.")
  private Path file;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where results are (default: results/runs/<name of the experiment>).")
  private @Nullable Path folder;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "Override a setting, such as budget.epochs=5; may be repeated.")
  private List<String> overrides = List.of();

  PlanCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    Plan plan = ExperimentArgument.read(file, overrides, Registry.load()).plan();
    Path results = ResultsFolder.of(Optional.ofNullable(folder), plan.experiment().name());
    RunStore.Snapshot past = new RunStore(results).read();
    past.damaged().forEach(line -> out.println("damaged: " + line));
    Map<Cell, Reuse> reuse = new LinkedHashMap<>();
    plan.cells().forEach(cell -> reuse.put(cell, Reuse.of(cell, past.records())));
    cells(plan.cells(), reuse);
    spare(plan, past.records());
    out.println();
    out.println(summary(plan.cells(), reuse) + "; results in " + results);
    return Exit.GOOD;
  }

  /** What {@code repeat.until} may add. */
  private void spare(Plan plan, List<RunRecord> past) {
    if (plan.experiment().until().isEmpty()) {
      return;
    }
    Until until = plan.experiment().until().get();
    List<Cell> spare = plan.spare();
    long done =
        spare.stream().filter(cell -> Reuse.of(cell, past).state() == Reuse.State.DONE).count();
    out.println();
    out.println(
        "then more seeds, up to "
            + until.max()
            + " for each model, until "
            + until.words()
            + ": at most "
            + spare.size()
            + " more cells"
            + (done > 0 ? ", " + done + " of them done" : ""));
  }

  private void cells(List<Cell> cells, Map<Cell, Reuse> reuse) {
    boolean datasets = cells.stream().map(c -> c.data().id()).distinct().count() > 1;
    boolean backends = cells.stream().map(Cell::backend).distinct().count() > 1;
    boolean seeds = cells.stream().map(Cell::seed).distinct().count() > 1;
    TextTable table = new TextTable(8, header(datasets, backends, seeds));
    for (Cell cell : cells) {
      Reuse past = reuse.getOrDefault(cell, Reuse.of(cell, List.<RunRecord>of()));
      List<String> row = new ArrayList<>();
      row.add(cell.id().substring(0, 8));
      if (datasets) {
        row.add(cell.data().id());
      }
      row.add((cell.model().name() + " " + cell.model().label()).strip());
      if (backends) {
        row.add(cell.backend().id() + " " + cell.backend().precision());
      }
      if (seeds) {
        row.add(String.valueOf(cell.seed()));
      }
      row.add(word(past.state()));
      row.add(
          past.state() == Reuse.State.MISSING && past.seconds().isPresent()
              ? "≈ " + Show.seconds(past.seconds().getAsDouble())
              : "");
      row.add(past.why());
      table.add(row);
    }
    table.lines().forEach(out::println);
  }

  private static List<String> header(boolean datasets, boolean backends, boolean seeds) {
    List<String> header = new ArrayList<>(List.of("cell"));
    if (datasets) {
      header.add("dataset");
    }
    header.add("model");
    if (backends) {
      header.add("backend");
    }
    if (seeds) {
      header.add("seed");
    }
    header.addAll(List.of("state", "training", "why"));
    return header;
  }

  private static String word(Reuse.State state) {
    return switch (state) {
      case DONE -> "done";
      case RESUMED -> "to resume";
      case MISSING -> "to run";
      case SKIPPED -> "skipped";
    };
  }

  private static String summary(List<Cell> cells, Map<Cell, Reuse> reuse) {
    List<String> parts = new ArrayList<>();
    for (Reuse.State state : Reuse.State.values()) {
      long count = reuse.values().stream().filter(r -> r.state() == state).count();
      if (count > 0) {
        parts.add(count + " " + word(state));
      }
    }
    List<Reuse> open =
        reuse.values().stream()
            .filter(r -> r.state() == Reuse.State.MISSING || r.state() == Reuse.State.RESUMED)
            .toList();
    double seconds = open.stream().mapToDouble(r -> r.seconds().orElse(0)).sum();
    boolean complete = open.stream().allMatch(r -> r.seconds().isPresent());
    String cost =
        open.isEmpty() || seconds == 0
            ? ""
            : ", " + (complete ? "about " : "at least ") + Show.seconds(seconds) + " of training";
    return (cells.size() == 1 ? "1 cell: " : cells.size() + " cells: ")
        + String.join(", ", parts)
        + cost;
  }
}
