package dev.assay.runner.experiment;

import dev.assay.spi.Fit;
import dev.assay.store.RunRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a cell's past runs mean for it.
 *
 * @param why in words: where its result is, or why there is none
 * @param seconds estimated training time still to spend; empty where no past run tells
 */
public record Reuse(State state, String why, OptionalDouble seconds) {
  /** What the next {@code run} does with a cell. */
  public enum State {
    /** Nothing: its result is there. */
    DONE,
    /** Goes on where it was cut. */
    RESUMED,
    /** Trains it. */
    MISSING,
    /** Leaves it out. */
    SKIPPED
  }

  /**
   * Compares a cell with what was run before.
   *
   * @param records all there are, of this and of other experiments
   */
  public static Reuse of(Cell cell, List<RunRecord> records) {
    if (cell.fit() instanceof Fit.No no) {
      return new Reuse(State.SKIPPED, no.reason(), OptionalDouble.of(0));
    }
    Optional<RunRecord> own = records.stream().filter(r -> r.run().equals(cell.id())).findAny();
    if (own.isPresent()) {
      return ofOwn(own.get());
    }
    Optional<Near> nearest = nearest(cell, records);
    return new Reuse(
        State.MISSING,
        nearest.map(Near::why).orElse("no run of this model on this dataset"),
        nearest.map(near -> near.seconds(cell)).orElse(OptionalDouble.empty()));
  }

  private static Reuse ofOwn(RunRecord record) {
    return switch (record.status()) {
      case DONE -> new Reuse(State.DONE, "run " + record.run(), OptionalDouble.of(0));
      case DIVERGED, TIMED_OUT ->
          new Reuse(
              State.DONE, record.status() + " before: " + record.reason(), OptionalDouble.of(0));
      case RUNNING, CANCELLED ->
          new Reuse(
              State.RESUMED,
              "cut after " + record.progress().steps() + " updates",
              OptionalDouble.empty());
      case FAILED ->
          new Reuse(State.MISSING, "failed before: " + record.reason(), OptionalDouble.empty());
      case SKIPPED ->
          new Reuse(
              State.MISSING, "was skipped before: " + record.reason(), OptionalDouble.empty());
    };
  }

  /** The run of the same model and dataset that differs in the fewest settings. */
  private static Optional<Near> nearest(Cell cell, List<RunRecord> records) {
    Map<String, Object> spec = flat(cell.spec());
    return records.stream()
        .map(record -> new Near(record, spec, flat(record.config())))
        .filter(near -> near.isSame("model.id") && near.isSame("data.id"))
        .min(
            Comparator.comparingInt((Near near) -> near.differences().size())
                .thenComparing(near -> near.record().run()));
  }

  private record Near(RunRecord record, Map<String, Object> spec, Map<String, Object> past) {
    boolean isSame(String path) {
      return Objects.equals(spec.get(path), past.get(path));
    }

    List<String> differences() {
      return new TreeSet<>(Stream.concat(spec.keySet().stream(), past.keySet().stream()).toList())
          .stream().filter(path -> !isSame(path)).toList();
    }

    String why() {
      List<String> differences = new ArrayList<>(differences());
      differences.sort(Comparator.comparing((String path) -> isCode(path)));
      String first = differences.getFirst();
      String more = differences.size() == 1 ? "" : ", and " + (differences.size() - 1) + " more";
      String what =
          isCode(first)
              ? "the code of " + first.substring(first.indexOf('.') + 1) + " has changed"
              : first + " is " + show(spec.get(first)) + ", was " + show(past.get(first));
      return what + more + " (run " + record.run() + ")";
    }

    private static boolean isCode(String path) {
      return path.startsWith("code.") || path.startsWith("metrics_code.");
    }

    private static String show(@Nullable Object value) {
      return value == null ? "not given" : Records.show(value);
    }

    /** The past training time, scaled to the budget. */
    OptionalDouble seconds(Cell cell) {
      double past = record.progress().seconds();
      if (past <= 0) {
        return OptionalDouble.empty();
      }
      double scaled = past;
      for (String limit : List.of("budget.steps", "budget.epochs", "budget.examples")) {
        if (spec.get(limit) instanceof Number now && this.past.get(limit) instanceof Number then) {
          scaled = past * now.doubleValue() / then.doubleValue();
          break;
        }
      }
      double most = cell.budget().wall().map(Durations::seconds).orElse(Double.POSITIVE_INFINITY);
      return OptionalDouble.of(Math.min(scaled, most));
    }
  }

  /** Nested maps as one, from dotted paths to values; numbers of any type compare by value. */
  private static Map<String, Object> flat(Map<String, Object> spec) {
    Map<String, Object> flat = new TreeMap<>();
    flatten("", spec, flat);
    return flat;
  }

  private static void flatten(String path, Object value, Map<String, Object> flat) {
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, item) -> flatten(path.isEmpty() ? "" + key : path + "." + key, item, flat));
    } else {
      flat.put(path, number(value));
    }
  }

  private static Object number(Object value) {
    return switch (value) {
      case Integer whole -> whole.longValue();
      case List<?> list -> list.stream().map(Reuse::number).toList();
      case Map<?, ?> map -> {
        Map<String, Object> same = new TreeMap<>();
        map.forEach((key, item) -> same.put(String.valueOf(key), number(item)));
        yield same;
      }
      default -> value;
    };
  }
}
