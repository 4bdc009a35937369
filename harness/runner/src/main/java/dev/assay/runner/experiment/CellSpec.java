package dev.assay.runner.experiment;

import dev.assay.nn.Parameter;
import dev.assay.runner.task.PlannedTask;
import dev.assay.spi.DatasetCard;
import dev.assay.spi.Metric;
import dev.assay.spi.ModelProvider;
import dev.assay.tensor.Backend;
import dev.assay.tensor.BackendProvider;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Everything that determines a cell's result, and its hashes. */
record CellSpec(
    Registry registry,
    PlannedData<?, ?> data,
    PlannedModel<?, ?> model,
    Map<String, Cell> parents,
    BackendChoice backend,
    long seed,
    Budget budget,
    EvaluateSettings evaluate,
    ScoreSettings score,
    List<Metric> metrics,
    List<PlannedTask<?>> tasks) {
  /** Hexadecimal digits of an id: a collision among a million cells has odds of 1 to 36 million. */
  static final int DIGITS = 16;

  /** Hash of all of it. */
  String id() {
    return PlainJson.hash(plain(), DIGITS);
  }

  /** Hash of what determines the trained model. */
  String trainingId() {
    return PlainJson.hash(training(), DIGITS);
  }

  /** As plain values: what determines the trained model, then samplers, scores and metrics. */
  Map<String, Object> plain() {
    Map<String, Object> plain = new LinkedHashMap<>(training());
    plain.put("samplers", model.samplers().stream().map(s -> Records.plain(s.config())).toList());
    Map<String, Object> scoring = Records.plain(score);
    scoring.put("metrics", metrics.stream().map(Metric::id).toList());
    plain.put("score", scoring);
    evaluate.target().ifPresent(target -> plain.put("evaluate", Records.plain(evaluate)));
    if (!tasks.isEmpty()) {
      plain.put("tasks", tasks.stream().map(CellSpec::task).toList());
    }
    Map<String, Object> code = new TreeMap<>();
    metrics.forEach(metric -> code.put(metric.id(), CodeVersion.of(metric.getClass())));
    plain.put("metrics_code", code);
    return plain;
  }

  private static Map<String, Object> task(PlannedTask<?> task) {
    Map<String, Object> plain = pair("id", task.task().id(), "name", task.name());
    plain.put("params", Records.plain(task.settings()));
    return plain;
  }

  private Map<String, Object> training() {
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("model", pair("id", model.id(), "params", Records.plain(model.config())));
    if (!parents.isEmpty()) {
      Map<String, Object> trained = new TreeMap<>();
      parents.forEach((role, cell) -> trained.put(role, parent(cell)));
      plain.put("parents", trained);
    }
    plain.put("data", dataset());
    plain.put("budget", Records.plain(budget));
    if (budget.patience().isPresent() || evaluate.target().isPresent()) {
      plain.put(
          "evaluate", Records.plain(new EvaluateSettings(evaluate.every(), evaluate.examples())));
    }
    Map<String, Object> processor = pair("id", backend.id(), "precision", backend.precision());
    backend
        .blas()
        .filter(blas -> !blas.equals(BackendProvider.Settings.AUTO))
        .ifPresent(blas -> processor.put("blas", blas));
    plain.put("backend", processor);
    plain.put("seed", seed);
    plain.put("code", code());
    return plain;
  }

  /** The id stands for all that the parent's training depends on; the rest is to plan it again. */
  private Map<String, Object> parent(Cell cell) {
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("name", cell.model().name());
    plain.put("training", cell.trainingId());
    if (!cell.data().equals(data)) {
      plain.put("data", Objects.requireNonNull(cell.spec().get("data")));
    }
    for (String key : List.of("model", "parents")) {
      Object value = cell.spec().get(key);
      if (value != null) {
        plain.put(key, value);
      }
    }
    return plain;
  }

  private static Map<String, Object> pair(String key, Object value, String key2, Object value2) {
    Map<String, Object> pair = new LinkedHashMap<>();
    pair.put(key, value);
    pair.put(key2, value2);
    return pair;
  }

  private Map<String, Object> dataset() {
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("id", data.id());
    data.own().ifPresent(own -> plain.put("own", Records.plain(own.config())));
    Map<String, Object> files = new TreeMap<>();
    for (DatasetCard.Source source : data.card().sources()) {
      files.put(source.file(), source.sha256());
    }
    plain.put("files", files);
    plain.put("split", Records.plain(data.split()));
    plain.put("preprocess", Records.plain(data.preprocess()));
    return plain;
  }

  /** Builds of everything that takes part in training. */
  private Map<String, Object> code() {
    Object provider =
        data.own().isPresent() ? data.own().get().files() : registry.datasetProvider(data.id());
    Map<String, Object> code = new LinkedHashMap<>();
    code.put("tensor", CodeVersion.of(Backend.class));
    code.put("nn", CodeVersion.of(Parameter.class));
    code.put("spi", CodeVersion.of(ModelProvider.class));
    code.put("runner", CodeVersion.of(CellSpec.class));
    code.put("backend", CodeVersion.of(registry.backend(backend.id()).getClass()));
    code.put("model", CodeVersion.of(model.provider().getClass()));
    code.put("dataset", CodeVersion.of(provider.getClass()));
    code.put("preparation", CodeVersion.of(data.preparer().getClass()));
    return code;
  }
}
