package dev.assay.cli;

import dev.assay.runner.experiment.ExperimentSchema;
import dev.assay.runner.experiment.Registry;
import dev.assay.runner.task.Task;
import dev.assay.spi.DatasetCard;
import dev.assay.spi.Metric;
import dev.assay.spi.ModelProvider;
import dev.assay.tensor.BackendProvider;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What there is, as plain values for JSON. */
final class Listing {
  private Listing() {}

  /** All of a kind as a list, or the one of an id as a map. */
  static Object json(Registry registry, ListCommand.Kind kind, Optional<String> id) {
    return switch (kind) {
      case MODELS ->
          id.<Object>map(one -> model(registry.model(one)))
              .orElseGet(() -> registry.models().stream().map(Listing::model).toList());
      case DATASETS ->
          id.<Object>map(one -> dataset(registry.dataset(one)))
              .orElseGet(() -> registry.datasets().stream().map(Listing::dataset).toList());
      case METRICS ->
          id.<Object>map(one -> metric(registry.metric(one)))
              .orElseGet(() -> registry.metrics().stream().map(Listing::metric).toList());
      case BACKENDS ->
          id.<Object>map(one -> backend(registry.backend(one)))
              .orElseGet(() -> registry.backends().stream().map(Listing::backend).toList());
      case TASKS ->
          id.<Object>map(one -> json(registry.task(one)))
              .orElseGet(() -> registry.tasks().stream().map(Listing::json).toList());
    };
  }

  private static Map<String, Object> model(ModelProvider<?, ?> model) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("id", model.id());
    map.put("name", model.card().name());
    map.put("family", model.card().family());
    map.put("paper", model.card().paper());
    map.put("year", model.card().year());
    map.put("equations", model.card().equations());
    map.put("params", ExperimentSchema.settings(model.configType()));
    map.put("sampler", ExperimentSchema.settings(model.samplerType()));
    return map;
  }

  private static Map<String, Object> dataset(DatasetCard card) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("id", card.id());
    map.put("name", card.name());
    map.put("summary", card.summary());
    map.put("data", String.valueOf(card.spec()));
    map.put("split", card.split());
    map.put("license", card.license());
    map.put("citation", card.citation());
    map.put("files", card.sources().stream().map(Listing::file).toList());
    return map;
  }

  private static Map<String, Object> file(DatasetCard.Source source) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("file", source.file());
    map.put("url", source.url());
    map.put("sha256", source.sha256());
    map.put("bytes", source.bytes());
    return map;
  }

  private static Map<String, Object> metric(Metric metric) {
    Metric.Info info = metric.info();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("id", metric.id());
    map.put("name", info.name());
    map.put("unit", info.unit());
    map.put("direction", direction(info.direction()));
    map.put("minimum_samples", info.minimumSamples());
    map.put("source", info.source());
    return map;
  }

  private static Map<String, Object> backend(BackendProvider backend) {
    Optional<String> unavailable = backend.unavailable();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("id", backend.id());
    map.put("precisions", List.copyOf(backend.precisions()));
    map.put("available", unavailable.isEmpty());
    unavailable.ifPresent(reason -> map.put("reason", reason));
    return map;
  }

  private static Map<String, Object> json(Task<?> task) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("id", task.id());
    map.put("summary", task.summary());
    map.put("params", ExperimentSchema.settings(task.settingsType()));
    return map;
  }

  /** As in tables and files. */
  static String direction(Metric.Direction direction) {
    return switch (direction) {
      case LOWER -> "lower";
      case HIGHER -> "higher";
      case NONE -> "none";
    };
  }
}
