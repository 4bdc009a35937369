package dev.assay.runner.experiment;

import dev.assay.runner.task.Task;
import dev.assay.runner.yaml.Node;
import dev.assay.runner.yaml.YamlReader;
import dev.assay.spi.DataPreparer;
import dev.assay.spi.DatasetCard;
import dev.assay.spi.Metric;
import dev.assay.spi.ModelProvider;
import dev.assay.spi.OwnFiles;
import dev.assay.tensor.BackendProvider;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The JSON Schema (draft 2020-12) of experiment files, for editors: it knows every model on the
 * class path with its settings. What depends on several settings at once is left to {@link
 * ExperimentFile#read}.
 */
public final class ExperimentSchema {
  private final Registry registry;

  private ExperimentSchema(Registry registry) {
    this.registry = registry;
  }

  /** The schema as plain values, which {@link PlainJson#pretty} writes. */
  public static Map<String, Object> of(Registry registry) {
    return new ExperimentSchema(registry).document();
  }

  /** The schema of a record of settings: types, bounds, defaults and meanings. */
  public static Map<String, Object> settings(Class<? extends Record> type) {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (Setting setting : Setting.of(type)) {
      Map<String, Object> property = new LinkedHashMap<>();
      property.put("description", setting.doc());
      property.putAll(setting.kind().schema());
      if (!setting.standard().isEmpty()) {
        byte[] text = setting.standard().getBytes(StandardCharsets.UTF_8);
        Node standard = YamlReader.read(text, setting.key());
        Object value = standard.plain();
        if (value != null) {
          property.put("default", value);
        }
      }
      properties.put(setting.key(), property);
    }
    return object(properties, List.of());
  }

  private Map<String, Object> document() {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("schema", described("Version of the file format.", Map.of("const", 1)));
    properties.put("name", described("Name of the experiment, shown in tables.", name()));
    properties.put("data", described("Datasets; every model meets every one.", data()));
    properties.put("models", described("Models to compare.", models()));
    properties.put("budget", described("When training ends.", budget()));
    properties.put("backends", described("Where models run; the CPU by default.", backends()));
    properties.put("repeat", described("Training seeds.", repeat()));
    properties.put("sweep", described("Settings to vary.", sweep()));
    properties.put("score", described("How trained models are judged.", score()));
    properties.put("tasks", described("What trained models are put to.", tasks()));
    properties.put(
        "evaluate", described("Scoring while training.", settings(EvaluateSettings.class)));
    properties.put(
        "checkpoint",
        described("Saving, to go on after a cut.", settings(CheckpointSettings.class)));
    properties.put("gate", described("What may not get worse.", gate()));
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    document.put("title", "Assay experiment");
    document.putAll(object(properties, ExperimentReader.REQUIRED));
    return document;
  }

  private static Map<String, Object> name() {
    return ordered(
        "type", "string", "minLength", 1, "maxLength", ExperimentReader.MAX_NAME, "pattern", "\\S");
  }

  private Map<String, Object> data() {
    List<String> ids = registry.datasets().stream().map(DatasetCard::id).toList();
    DataPreparer<?, ?> preparer = registry.preparer();
    List<Map<String, Object>> forms =
        shortOrLong(
            ids,
            ordered(
                "split", settings(preparer.splitType()),
                "preprocess", settings(preparer.preprocessType())),
            List.of());
    List<Object> all = new ArrayList<>(forms);
    registry.ownFiles().ifPresent(files -> all.add(own(files, preparer)));
    Map<String, Object> entry = anyOf(List.copyOf(all));
    all.add(list(entry, true));
    return anyOf(all);
  }

  private static Map<String, Object> own(OwnFiles<?> files, DataPreparer<?, ?> preparer) {
    Map<String, Object> properties = properties(files.configType());
    properties.put("split", settings(preparer.splitType()));
    properties.put("preprocess", settings(preparer.preprocessType()));
    return object(properties, List.of("path"));
  }

  private Map<String, Object> models() {
    List<String> ids = registry.models().stream().map(ModelProvider::id).toList();
    List<Object> conditions =
        conditions(
            registry.models(),
            ModelProvider::id,
            model ->
                ordered(
                    "params", settings(model.configType()),
                    "parents", parents(model),
                    "samplers", list(settings(model.samplerType()), true)));
    Map<String, Object> properties =
        ordered(
            "name", described("Name in tables and paths; the id by default.", modelName()),
            "data",
                described(
                    "Id of the one dataset it meets; all by default.", Map.of("type", "string")),
            "params", described("Training settings.", Map.of("type", "object")),
            "parents",
                described(
                    "Names of trained models it builds upon, by role.", Map.of("type", "object")),
            "samplers",
                described("Sampler settings; one training serves all.", list(Map.of(), false)));
    return list(anyOf(shortOrLong(ids, properties, conditions)), false);
  }

  private static Map<String, Object> parents(ModelProvider<?, ?> model) {
    Map<String, Object> roles = new TreeMap<>();
    model.parents().forEach(role -> roles.put(role, modelName()));
    return object(roles, List.copyOf(roles.keySet()));
  }

  private static Map<String, Object> modelName() {
    return ordered("type", "string", "pattern", "^" + ModelsReader.NAME + "$");
  }

  private Map<String, Object> backends() {
    List<String> ids = registry.backends().stream().map(BackendProvider::id).toList();
    Map<String, Object> properties = properties(BackendChoice.class);
    properties.remove("id");
    List<Object> conditions =
        conditions(
            registry.backends(),
            BackendProvider::id,
            backend ->
                ordered(
                    "precision",
                    Map.of("enum", backend.precisions()),
                    "blas",
                    backend.blas().isEmpty() ? false : Map.of("enum", backend.blas())));
    return list(anyOf(shortOrLong(ids, properties, conditions)), true);
  }

  private static Map<String, Object> budget() {
    Map<String, Object> budget = settings(Budget.class);
    budget.put(
        "anyOf",
        List.of("epochs", "steps", "examples", "wall").stream()
            .map(key -> ordered("required", List.of(key)))
            .toList());
    return budget;
  }

  private Map<String, Object> until() {
    Map<String, Object> width =
        ordered(
            "anyOf",
            List.of(
                ordered("type", "number", "exclusiveMinimum", 0),
                ordered("type", "string", "pattern", GateReader.PERCENT)));
    return object(
        ordered(
            "ci",
            described("Half width of the 95 % interval, such as 2% of the mean.", width),
            "metric",
            described("Whose interval counts; all unless given.", ordered("enum", metricIds()))),
        List.of("ci"));
  }

  private Map<String, Object> repeat() {
    Map<String, Object> seed = ordered("type", "integer", "minimum", 0, "maximum", 0xFFFFFFFFL);
    Map<String, Object> seeds = list(seed, true);
    seeds.put("maxItems", RepeatReader.MAX_SEEDS);
    Map<String, Object> count =
        ordered("type", "integer", "minimum", 1, "maximum", RepeatReader.MAX_SEEDS);
    return object(
        ordered(
            "seeds",
            described(
                "How many seeds, from 1 on, or a list of them.",
                ordered("anyOf", List.of(count, seeds))),
            "until",
            described("Add seeds until the interval is narrow enough.", until()),
            "max",
            described(
                "Seeds after which until gives up.",
                ordered("type", "integer", "minimum", 2, "maximum", RepeatReader.MAX_SEEDS))),
        List.of());
  }

  private static Map<String, Object> sweep() {
    Map<String, Object> value = ordered("not", Map.of("type", "null"));
    Map<String, Object> paths =
        ordered(
            "type",
            "object",
            "minProperties",
            1,
            "propertyNames",
            ordered("pattern", "^(" + String.join("|", SweepReader.ROOTS) + ")\\."),
            "additionalProperties",
            list(value, true));
    Map<String, Object> axis =
        object(
            ordered(
                "grid", described("Every combination of the values.", paths),
                "zip", described("First values together, then second, and so on.", paths)),
            List.of());
    axis.put("minProperties", 1);
    axis.put("maxProperties", 1);
    return ordered("type", "array", "items", axis);
  }

  private Map<String, Object> score() {
    Map<String, Object> score = settings(ScoreSettings.class);
    Map<String, Object> properties = properties(ScoreSettings.class);
    Map<String, Object> metrics =
        ordered("type", "array", "uniqueItems", true, "items", Map.of("enum", metricIds()));
    properties.put("metrics", described("Metrics by id; all that fit by default.", metrics));
    score.put("properties", properties);
    return score;
  }

  private Map<String, Object> tasks() {
    List<String> ids = registry.tasks().stream().map(Task::id).toList();
    Map<String, Object> properties =
        ordered(
            "name",
                described(
                    "Begins the names of its metrics and files; the id by default.",
                    ordered("type", "string", "pattern", "^" + TasksReader.NAME + "$")),
            "params", described("Settings.", Map.of("type", "object")));
    List<Object> conditions =
        conditions(
            registry.tasks(), Task::id, task -> ordered("params", settings(task.settingsType())));
    return ordered("type", "array", "items", anyOf(shortOrLong(ids, properties, conditions)));
  }

  private List<String> metricIds() {
    return registry.metrics().stream().map(Metric::id).toList();
  }

  private Map<String, Object> gate() {
    Map<String, Object> margin =
        ordered(
            "anyOf",
            List.of(
                ordered("type", "number", "minimum", 0),
                ordered("type", "string", "pattern", GateReader.PERCENT)));
    Map<String, Object> margins =
        ordered(
            "type",
            "object",
            "propertyNames",
            ordered(
                "anyOf",
                List.of(
                    ordered("enum", GateReader.names(registry)),
                    ordered("pattern", taskNumbers()))),
            "additionalProperties",
            margin);
    return object(
        ordered(
            "baseline", described("A results file.", ordered("type", "string", "pattern", "\\S")),
            "margins", described("Tolerated worsening, such as 5%.", margins)),
        List.of("baseline"));
  }

  /** What the numbers of tasks are called, whatever names the tasks are given. */
  private String taskNumbers() {
    String numbers =
        registry.tasks().stream()
            .flatMap(task -> task.numbers().stream())
            .distinct()
            .map(name -> name.replace(".", "\\."))
            .collect(Collectors.joining("|"));
    return "^" + TasksReader.NAME + "\\.(" + numbers + ")$";
  }

  /** An id, or an object with an id and further properties. */
  private static List<Map<String, Object>> shortOrLong(
      List<String> ids, Map<String, Object> properties, List<Object> conditions) {
    Map<String, Object> all = ordered("id", ordered("enum", ids));
    all.putAll(properties);
    Map<String, Object> whole = object(all, List.of("id"));
    if (!conditions.isEmpty()) {
      whole.put("allOf", conditions);
    }
    return List.of(ordered("enum", ids), whole);
  }

  private static Map<String, Object> anyOf(List<?> forms) {
    return ordered("anyOf", forms);
  }

  private static <T> List<Object> conditions(
      List<? extends T> providers,
      Function<? super T, String> id,
      Function<? super T, Map<String, Object>> properties) {
    List<Object> conditions = new ArrayList<>();
    for (T provider : providers) {
      conditions.add(
          ordered(
              "if",
                  ordered(
                      "properties", ordered("id", ordered("const", id.apply(provider))),
                      "required", List.of("id")),
              "then", ordered("properties", properties.apply(provider))));
    }
    return conditions;
  }

  private static Map<String, Object> properties(Class<? extends Record> type) {
    Map<String, Object> named = new LinkedHashMap<>();
    if (settings(type).get("properties") instanceof Map<?, ?> properties) {
      properties.forEach((key, value) -> named.put(String.valueOf(key), value));
    }
    return named;
  }

  private static Map<String, Object> object(Map<String, Object> properties, List<String> required) {
    Map<String, Object> object =
        ordered("type", "object", "properties", properties, "additionalProperties", false);
    if (!required.isEmpty()) {
      object.put("required", required);
    }
    return object;
  }

  private static Map<String, Object> list(Map<String, Object> item, boolean distinct) {
    Map<String, Object> list = ordered("type", "array", "minItems", 1, "items", item);
    if (distinct) {
      list.put("uniqueItems", true);
    }
    return list;
  }

  private static Map<String, Object> described(String text, Map<String, Object> schema) {
    Map<String, Object> described = ordered("description", text);
    described.putAll(schema);
    return described;
  }

  private static Map<String, Object> ordered(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }
}
