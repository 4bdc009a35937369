package dev.assay.runner.gate;

import dev.assay.runner.gate.Finding.Entrant;
import dev.assay.store.ResultRow;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One side of the gate: results by entrant and quantity. */
final class Side {
  private final Map<Entrant, Map<Quantity, List<Repeat>>> numbers = new LinkedHashMap<>();
  private final Map<Entrant, Map<Long, RunStatus>> unfinished = new LinkedHashMap<>();
  private final Map<Entrant, Map<String, Set<String>>> facts = new LinkedHashMap<>();

  /** Numbers that mean the same have all of it equal. */
  record Quantity(String metric, String kind, String direction, String unit, String signature) {
    boolean isHash() {
      return kind.equals(ResultRow.HASH);
    }
  }

  /** One number of one run. */
  record Repeat(long trainSeed, long sampleSeed, ResultRow.Value value) {
    double number() {
      return value.value();
    }
  }

  /**
   * @param named whether entrants of different experiments differ
   */
  Side(List<ResultRow> rows, boolean named) {
    for (ResultRow row : rows) {
      Entrant entrant = entrant(row, named);
      if (row.status() != RunStatus.DONE) {
        unfinished
            .computeIfAbsent(entrant, e -> new TreeMap<>())
            .put(row.subject().trainSeed(), row.status());
      } else if (row.value().filter(ResultRow.Value::isFact).isPresent()) {
        ResultRow.Value value = row.value().get();
        facts
            .computeIfAbsent(entrant, e -> new LinkedHashMap<>())
            .computeIfAbsent(value.metric(), m -> new TreeSet<>())
            .add(value.signature());
      } else if (row.value().isPresent()) {
        ResultRow.Value value = row.value().get();
        numbers
            .computeIfAbsent(entrant, e -> new LinkedHashMap<>())
            .computeIfAbsent(quantity(value), q -> new ArrayList<>())
            .add(new Repeat(row.subject().trainSeed(), row.subject().sampleSeed(), value));
      } else {
        numbers.computeIfAbsent(entrant, e -> new LinkedHashMap<>());
      }
    }
  }

  /** Whether rows come from several experiments, so that a name is needed to tell them apart. */
  static boolean needsNames(List<ResultRow> rows) {
    return rows.stream().map(ResultRow::experiment).distinct().count() > 1;
  }

  private static Entrant entrant(ResultRow row, boolean named) {
    RunRecord.Subject s = row.subject();
    return new Entrant(
        named ? row.experiment() : "",
        s.dataset(),
        s.split(),
        s.model(),
        s.params(),
        s.backend(),
        s.precision());
  }

  /**
   * The signature of a hash is the hash itself; that of a count of a training says how many threads
   * there were, which changes no count.
   */
  private static Quantity quantity(ResultRow.Value value) {
    return new Quantity(
        value.metric(),
        value.kind(),
        value.direction(),
        value.unit(),
        value.isHash() || ExactGate.COUNTS.contains(value.metric()) ? "" : value.signature());
  }

  Set<Entrant> entrants() {
    return numbers.keySet();
  }

  Map<Quantity, List<Repeat>> numbers(Entrant entrant) {
    return numbers.getOrDefault(entrant, Map.of());
  }

  List<Repeat> repeats(Entrant entrant, Quantity quantity) {
    return numbers(entrant).getOrDefault(quantity, List.of());
  }

  boolean has(Entrant entrant) {
    return numbers.containsKey(entrant);
  }

  /** What the runs of an entrant say of a fact; none where the table does not tell. */
  Set<String> facts(Entrant entrant, String name) {
    Set<String> found = new TreeSet<>();
    facts.forEach((run, named) -> {
      if (isRunOf(run, entrant)) {
        found.addAll(named.getOrDefault(name, Set.of()));
      }
    });
    return found;
  }

  /** Metrics that any entrant has. */
  Set<String> metrics() {
    return numbers.values().stream()
        .flatMap(map -> map.keySet().stream())
        .filter(quantity -> !quantity.isHash())
        .map(Quantity::metric)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Seeds with which an entrant has numbers. */
  Set<Long> seeds(Entrant entrant) {
    return numbers(entrant).values().stream()
        .flatMap(List::stream)
        .map(Repeat::trainSeed)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * How runs without numbers ended, by training seed. Such a run has no sampler, so that its params
   * may be the beginning of the entrant's only.
   */
  Map<Long, RunStatus> unfinished(Entrant entrant) {
    Map<Long, RunStatus> found = new TreeMap<>();
    unfinished.forEach((other, byStatus) -> {
      if (isRunOf(other, entrant)) {
        found.putAll(byStatus);
      }
    });
    found.keySet().removeAll(seeds(entrant));
    return found;
  }

  private static boolean isRunOf(Entrant run, Entrant entrant) {
    String params = run.params();
    boolean begins =
        params.isEmpty()
            || entrant.params().equals(params)
            || entrant.params().startsWith(params + " ");
    return begins
        && new Entrant(
                run.experiment(),
                run.dataset(),
                run.split(),
                run.model(),
                entrant.params(),
                run.backend(),
                run.precision())
            .equals(entrant);
  }
}
