package dev.assay.runner.experiment;

import dev.assay.runner.task.PlannedTask;
import dev.assay.runner.yaml.Mark;
import dev.assay.runner.yaml.Node;
import dev.assay.runner.yaml.Node.ListNode;
import dev.assay.runner.yaml.Node.MapNode;
import dev.assay.runner.yaml.Node.ScalarNode;
import dev.assay.runner.yaml.Problems;
import dev.assay.spi.DatasetCard;
import dev.assay.spi.Metric;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a document as an experiment: every key known, every id existing, every value allowed. All
 * faults are reported at once.
 */
final class ExperimentReader {
  /** Keys of an experiment, in the order in which files should have them. */
  static final List<String> KEYS =
      List.of(
          "schema",
          "name",
          "data",
          "models",
          "budget",
          "backends",
          "repeat",
          "sweep",
          "score",
          "tasks",
          "evaluate",
          "checkpoint",
          "gate");

  /** Those that have no default. */
  static final List<String> REQUIRED = List.of("schema", "name", "data", "models", "budget");

  static final int MAX_NAME = 100;

  private final Registry registry;
  private final Path folder;
  private final Problems problems;
  private final SettingsReader settings;

  /**
   * @param folder where relative paths of data start
   */
  ExperimentReader(Registry registry, Path folder, Problems problems) {
    this.registry = registry;
    this.folder = folder;
    this.problems = problems;
    this.settings = new SettingsReader(problems);
  }

  /** The experiment, empty if anything is wrong. */
  Optional<Experiment> read(Node root) {
    int before = problems.size();
    if (!(root instanceof MapNode document)) {
      settings.notA(root, "the file", "a map", "keys: " + String.join(", ", KEYS));
      return Optional.empty();
    }
    settings.knownKeys(document.entries(), KEYS, "");
    requireKeys(document);
    schema(document.get("schema"));
    String name = name(document.get("name"));
    List<DataChoice> data =
        new DataReader(registry, folder, settings, problems).read(document.get("data"));
    List<ModelChoice> models =
        new ModelsReader(registry, data.stream().map(DataChoice::id).toList(), settings, problems)
            .read(document.get("models"));
    Optional<Budget> budget =
        document.get("budget") == null
            ? Optional.empty()
            : settings.section(document.get("budget"), Budget.class, "budget");
    List<BackendChoice> backends =
        new BackendsReader(registry, settings, problems).read(document.get("backends"));
    RepeatReader.Seeds seeds =
        new RepeatReader(registry, settings, problems).read(document.get("repeat"));
    List<SweepAxis> sweep = new SweepReader(settings, problems).read(document.get("sweep"));
    Optional<ScoreSettings> score = score(document.get("score"));
    var evaluate = settings.section(document.get("evaluate"), EvaluateSettings.class, "evaluate");
    var checkpoint =
        settings.section(document.get("checkpoint"), CheckpointSettings.class, "checkpoint");
    List<PlannedTask<?>> tasks =
        new TasksReader(registry, settings, problems).read(document.get("tasks"));
    Optional<GateSettings> gate =
        new GateReader(registry, tasks, settings, problems).read(document.get("gate"));
    return problems.size() > before
        ? Optional.empty()
        : Optional.of(
            new Experiment(
                name,
                data,
                models,
                budget.orElseThrow(),
                backends,
                seeds.seeds(),
                sweep,
                score.orElseThrow(),
                evaluate.orElseThrow(),
                checkpoint.orElseThrow(),
                tasks,
                gate,
                seeds.until()));
  }

  private void requireKeys(MapNode document) {
    Mark start = document.mark();
    for (String key : REQUIRED) {
      if (document.get(key) == null) {
        problems.add(
            start,
            "the key '" + key + "' is missing",
            "add " + example(key) + "; an experiment needs " + String.join(", ", REQUIRED));
      }
    }
  }

  private static String example(String key) {
    return switch (key) {
      case "schema" -> "'schema: " + Experiment.SCHEMA + "'";
      case "name" -> "'name: my-experiment'";
      case "data" -> "'data: uci-digits'";
      case "models" -> "'models: [gmm]'";
      default -> "'budget: {epochs: 10}'";
    };
  }

  private void schema(@Nullable Node node) {
    if (node != null
        && !(node instanceof ScalarNode scalar
            && Long.valueOf(Experiment.SCHEMA).equals(scalar.value()))) {
      settings.notA(
          node,
          "schema",
          String.valueOf(Experiment.SCHEMA),
          "it is the version of the file format; this program reads version " + Experiment.SCHEMA);
    }
  }

  private String name(@Nullable Node node) {
    if (node == null) {
      return "";
    }
    if (node instanceof ScalarNode scalar
        && scalar.value() instanceof String text
        && !text.isBlank()
        && text.length() <= MAX_NAME
        && text.chars().noneMatch(Character::isISOControl)) {
      return text;
    }
    settings.notA(
        node,
        "name",
        new Kind.Text(),
        "a name is one line of 1 to " + MAX_NAME + " characters, shown in tables");
    return "";
  }

  private Optional<ScoreSettings> score(@Nullable Node node) {
    Optional<ScoreSettings> score = settings.section(node, ScoreSettings.class, "score");
    Ids ids = new Ids(settings, problems);
    if (node instanceof MapNode map && map.get("metrics") instanceof ListNode list) {
      ids.eachOnce(list, "metric", registry.metrics().stream().map(Metric::id).toList());
    }
    if (node instanceof MapNode map && map.get("outliers") instanceof ListNode list) {
      ids.eachOnce(list, "dataset", registry.datasets().stream().map(DatasetCard::id).toList());
    }
    return score;
  }
}
