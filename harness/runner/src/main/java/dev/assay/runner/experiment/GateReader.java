package dev.assay.runner.experiment;

import dev.assay.runner.task.PlannedTask;
import dev.assay.runner.yaml.Node;
import dev.assay.runner.yaml.Node.MapNode;
import dev.assay.runner.yaml.Node.ScalarNode;
import dev.assay.runner.yaml.Problems;
import dev.assay.spi.Metric;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the key {@code gate}: a baseline and margins. */
final class GateReader {
  static final List<String> KEYS = List.of("baseline", "margins");

  /** Numbers of every run, beside those of metrics. */
  static final List<String> MEASURED =
      List.of(
          "train.seconds",
          "train.examples_per_second",
          "train.device_seconds",
          "step.milliseconds",
          "step.device_milliseconds",
          "sample.seconds",
          "sample.device_seconds",
          "sample.examples_per_second",
          "memory.peak_bytes",
          "memory.peak_heap_bytes",
          "memory.peak_native_bytes",
          "energy.joules",
          "flops_per_step",
          "time_to_quality",
          "steps_to_quality",
          "energy_to_quality");

  /** Percentages as margins are written. */
  static final String PERCENT = "^[0-9]{1,6}(\\.[0-9]{1,6})?%$";

  private final Registry registry;
  private final SettingsReader settings;
  private final Problems problems;
  private final List<PlannedTask<?>> tasks;

  /**
   * @param tasks of the experiment, whose numbers have margins too
   */
  GateReader(
      Registry registry, List<PlannedTask<?>> tasks, SettingsReader settings, Problems problems) {
    this.registry = registry;
    this.tasks = tasks;
    this.settings = settings;
    this.problems = problems;
  }

  /** The gate, empty if there is none or anything is wrong with it. */
  Optional<GateSettings> read(@Nullable Node node) {
    if (node == null) {
      return Optional.empty();
    }
    if (!(node instanceof MapNode map)) {
      settings.notA(node, "gate", "a map", "keys: " + String.join(", ", KEYS));
      return Optional.empty();
    }
    settings.knownKeys(map.entries(), KEYS, "gate");
    Optional<Path> baseline = baseline(map);
    Optional<Map<String, GateSettings.Margin>> margins = margins(map.get("margins"));
    return baseline.isEmpty() || margins.isEmpty()
        ? Optional.empty()
        : Optional.of(new GateSettings(baseline.get(), margins.get()));
  }

  /** What margins may be given for beside the numbers of tasks: metrics, and what is measured. */
  static List<String> names(Registry registry) {
    List<String> names = new ArrayList<>(registry.metrics().stream().map(Metric::id).toList());
    names.addAll(MEASURED);
    return names;
  }

  private Optional<Path> baseline(MapNode gate) {
    Node node = gate.get("baseline");
    String help = "write 'baseline: results/baselines/digits.csv'";
    if (node == null) {
      problems.add(gate.mark(), "gate has no baseline", help);
      return Optional.empty();
    }
    if (node instanceof ScalarNode scalar
        && scalar.value() instanceof String text
        && !text.isBlank()) {
      try {
        return Optional.of(Path.of(text));
      } catch (InvalidPathException e) {
        help = String.valueOf(e.getMessage());
      }
    }
    settings.notA(node, "gate.baseline", "the path of a results file", help);
    return Optional.empty();
  }

  private Optional<Map<String, GateSettings.Margin>> margins(@Nullable Node node) {
    if (node == null) {
      return Optional.of(Map.of());
    }
    if (!(node instanceof MapNode map)) {
      settings.notA(
          node, "gate.margins", "a map from metrics to margins", GateSettings.Margin.HELP);
      return Optional.empty();
    }
    List<String> names = new ArrayList<>(names(registry));
    tasks.forEach(task -> names.addAll(task.metrics()));
    settings.knownKeys(map.entries(), names, "gate.margins");
    Map<String, GateSettings.Margin> margins = new LinkedHashMap<>();
    map.entries()
        .forEach((metric, entry) ->
            margin(entry.value(), "gate.margins." + metric)
                .ifPresent(margin -> margins.put(metric, margin)));
    return margins.size() == map.entries().size() ? Optional.of(margins) : Optional.empty();
  }

  private Optional<GateSettings.Margin> margin(Node node, String path) {
    if (node instanceof ScalarNode scalar) {
      if (scalar.value() instanceof Number number && number.doubleValue() >= 0) {
        return Optional.of(new GateSettings.Margin(number.doubleValue(), false));
      }
      if (scalar.value() instanceof String text && text.matches(PERCENT)) {
        return GateSettings.Margin.parse(text);
      }
    }
    settings.notA(node, path, "a percentage or a number, at least 0", GateSettings.Margin.HELP);
    return Optional.empty();
  }
}
