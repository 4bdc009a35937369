package dev.assay.runner.execute;

import dev.assay.runner.experiment.Experiment;
import dev.assay.runner.experiment.ExperimentFile;
import dev.assay.runner.experiment.PlainJson;
import dev.assay.runner.experiment.Plan;
import dev.assay.runner.experiment.Registry;
import dev.assay.store.RunRecord;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes the plan of a cell and its ancestors out of the record of its run. */
final class Replay {
  private Replay() {}

  /**
   * The cell of a run, after those of its ancestors. Its id differs from the run's where code has
   * changed since.
   *
   * @throws IllegalStateException if the record cannot be understood by this version
   */
  static Plan plan(RunRecord record, Registry registry) throws IOException {
    return plan(record, record.role().isReference() ? Map.of() : map(record, "budget"), registry);
  }

  /** As {@link #plan}, with the number of updates that were done in place of a time limit. */
  static Plan planWithoutClock(RunRecord record, Registry registry) throws IOException {
    Map<String, Object> budget = new LinkedHashMap<>(map(record, "budget"));
    if (budget.remove("wall") != null) {
      budget.put("steps", record.progress().steps());
    }
    return plan(record, budget, registry);
  }

  private static Plan plan(RunRecord record, Map<String, Object> budget, Registry registry)
      throws IOException {
    if (record.role().isReference()) {
      throw new IllegalStateException(
          "run " + record.run() + " is a reference row, which no model made");
    }
    Map<String, Object> timed = new LinkedHashMap<>(budget);
    timed.computeIfPresent("wall", (key, seconds) -> seconds(seconds));
    Map<String, Object> data = map(record, "data");
    Map<Object, Map<String, Object>> datasets = new LinkedHashMap<>();
    Map<String, Object> own = new LinkedHashMap<>(map(record, "model"));
    own.put("name", record.subject().model());
    own.put("samplers", record.config().getOrDefault("samplers", List.of()));
    Map<String, Map<String, Object>> models = new LinkedHashMap<>();
    addParents(record.config(), data.get("id"), own, models, datasets);
    own.put("data", data.get("id"));
    datasets.put(data.get("id"), dataset(data));
    models.put(record.subject().model(), own);
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("schema", Experiment.SCHEMA);
    document.put("name", record.experiment());
    document.put("data", List.copyOf(datasets.values()));
    document.put("models", List.copyOf(models.values()));
    document.put("budget", timed);
    document.put("backends", List.of(map(record, "backend")));
    document.put("repeat", Map.of("seeds", List.of(record.subject().trainSeed())));
    document.put("score", map(record, "score"));
    if (record.config().get("tasks") instanceof List<?> tasks) {
      document.put("tasks", tasks);
    }
    if (record.config().containsKey("evaluate")) {
      document.put("evaluate", map(record, "evaluate"));
    }
    Path folder = Path.of(record.provenance().getOrDefault("data.folder", ""));
    byte[] json = PlainJson.pretty(document).getBytes(StandardCharsets.UTF_8);
    Plan plan =
        ExperimentFile.read("run " + record.run(), json, List.of(), registry, folder).plan();
    if (plan.cells().size() != models.size()) {
      throw new IllegalStateException(
          "the record of run " + record.run() + " gives " + plan.cells().size() + " cells");
    }
    return plan;
  }

  /** An entry of {@code data}. */
  private static Map<String, Object> dataset(Map<String, Object> recorded) {
    Map<String, Object> data = new LinkedHashMap<>(recorded);
    data.remove("files");
    if (data.remove("own") instanceof Map<?, ?> files) {
      data.remove("id");
      data.putAll(named(files));
    }
    return data;
  }

  /**
   * Adds the entries of all ancestors, each before those that build upon it.
   *
   * @param met id of the data that the child meets; its parents meet the same unless they say so
   * @param datasets receives the other data
   */
  private static void addParents(
      Map<?, ?> config,
      @Nullable Object met,
      Map<String, Object> entry,
      Map<String, Map<String, Object>> models,
      Map<Object, Map<String, Object>> datasets) {
    if (!(config.get("parents") instanceof Map<?, ?> parents)) {
      return;
    }
    Map<String, Object> names = new TreeMap<>();
    parents.forEach((role, value) -> {
      if (value instanceof Map<?, ?> parent && parent.get("model") instanceof Map<?, ?> model) {
        String name = String.valueOf(parent.get("name"));
        names.put(String.valueOf(role), name);
        Map<String, Object> own = named(model);
        own.put("name", name);
        Object data = met;
        if (parent.get("data") instanceof Map<?, ?> other) {
          data = other.get("id");
          datasets.putIfAbsent(data, dataset(named(other)));
        }
        own.put("data", data);
        addParents(parent, data, own, models, datasets);
        models.putIfAbsent(name, own);
      }
    });
    entry.put("parents", names);
  }

  /** Files give a time with its unit, records as a number of seconds. */
  private static String seconds(Object value) {
    BigDecimal exact = new BigDecimal(String.valueOf(value));
    return exact.setScale(6, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString() + "s";
  }

  private static Map<String, Object> map(RunRecord record, String key) {
    if (!(record.config().get(key) instanceof Map<?, ?> values)) {
      throw new IllegalStateException("the record of run " + record.run() + " has no " + key);
    }
    return named(values);
  }

  private static Map<String, Object> named(Map<?, ?> values) {
    Map<String, Object> named = new LinkedHashMap<>();
    values.forEach((name, value) -> named.put(String.valueOf(name), value));
    return named;
  }
}
