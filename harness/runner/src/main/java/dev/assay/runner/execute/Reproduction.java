package dev.assay.runner.execute;

import dev.assay.runner.experiment.Cell;
import dev.assay.runner.experiment.Plan;
import dev.assay.runner.experiment.Registry;
import dev.assay.store.MetricRow;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStatus;
import dev.assay.store.RunStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A run done again from its record, and what came out differently.
 *
 * @param again the record of the second run
 * @param differences one line for each number or hash that differs
 * @param excuses what is no longer as it was (code, processor, JDK): with any of it, equal bits are
 *     not promised
 */
public record Reproduction(RunRecord again, List<String> differences, List<String> excuses) {
  /** Facts that decide the bits. */
  private static final Set<String> DECISIVE = Set.of("jdk", "arch", "cpu");

  public Reproduction {
    differences = List.copyOf(differences);
    excuses = List.copyOf(excuses);
  }

  /** Why a run cannot be reproduced; empty if it can. */
  public static Optional<String> obstacle(RunRecord run) {
    if (run.role().isReference()) {
      return Optional.of("run " + run.run() + " is a reference row, which no model made");
    }
    if (run.status() != RunStatus.DONE) {
      return Optional.of(
          "run " + run.run() + " is " + run.status() + "; only what is DONE can be reproduced");
    }
    boolean timed =
        run.config().get("budget") instanceof Map<?, ?> budget && budget.containsKey("wall");
    return timed && run.config().containsKey("parents")
        ? Optional.of(
            "run "
                + run.run()
                + " has a time limit and parents, whose numbers of updates it does not record")
        : Optional.empty();
  }

  /**
   * Runs again. A time limit is replaced by the number of updates that were done within it.
   *
   * @param scratch where the second run goes
   * @throws IllegalArgumentException if there is an {@link #obstacle}
   */
  public static Reproduction of(
      RunRecord first,
      RunStore scratch,
      Registry registry,
      Map<String, String> provenance,
      Cancellation cancellation,
      RunObserver observer)
      throws IOException {
    obstacle(first)
        .ifPresent(reason -> {
          throw new IllegalArgumentException(reason);
        });
    Plan plan = Replay.planWithoutClock(first, registry);
    RunRecord again =
        new PlanRunner(
                scratch,
                registry,
                new PlanRunner.Settings(1, true, false, provenance, List.of()),
                cancellation,
                observer)
            .run(plan)
            .getLast()
            .record();
    return new Reproduction(again, differences(first, again), excuses(first, again, plan));
  }

  private static List<String> differences(RunRecord first, RunRecord again) {
    List<String> lines = new ArrayList<>();
    if (again.status() != RunStatus.DONE) {
      lines.add("the second run ended " + again.status() + ": " + again.reason());
      return lines;
    }
    Set<String> names = new TreeSet<>(first.hashes().keySet());
    names.addAll(again.hashes().keySet());
    for (String name : names) {
      if (!Objects.equals(first.hashes().get(name), again.hashes().get(name))) {
        lines.add(
            "hash of " + name + ": " + first.hashes().get(name) + " → " + again.hashes().get(name));
      }
    }
    List<MetricRow> before = promised(first);
    List<MetricRow> after = promised(again);
    for (MetricRow row : before) {
      if (!after.contains(row)) {
        lines.add(
            row.metric() + " (" + row.kind() + "): " + row.value() + " → " + other(row, after));
      }
    }
    if (before.size() != after.size()) {
      lines.add(before.size() + " numbers → " + after.size());
    }
    return lines;
  }

  private static String other(MetricRow row, List<MetricRow> rows) {
    return rows.stream()
        .filter(r ->
            r.metric().equals(row.metric())
                && r.kind().equals(row.kind())
                && r.sampler().equals(row.sampler()))
        .map(r -> String.valueOf(r.value()))
        .findFirst()
        .orElse("missing");
  }

  private static List<MetricRow> promised(RunRecord record) {
    return record.metrics().stream().filter(row -> !row.kind().equals(Rows.MEASURED)).toList();
  }

  private static List<String> excuses(RunRecord first, RunRecord again, Plan plan) {
    List<String> lines = new ArrayList<>();
    Cell cell = plan.cells().getLast();
    for (String code : List.of("code", "metrics_code")) {
      if (!Objects.equals(first.config().get(code), cell.spec().get(code))) {
        lines.add(
            "the code has changed: " + first.config().get(code) + " → " + cell.spec().get(code));
      }
    }
    first
        .provenance()
        .forEach((name, value) -> {
          boolean decisive =
              DECISIVE.contains(name)
                  || (name.startsWith("backend.") && !name.equals("backend.threads"));
          if (decisive && !value.equals(again.provenance().get(name))) {
            lines.add(name + ": " + value + " → " + again.provenance().get(name));
          }
        });
    return lines;
  }
}
