package dev.assay.runner.experiment;

import dev.assay.runner.yaml.Node;
import dev.assay.runner.yaml.Node.ListNode;
import dev.assay.runner.yaml.Node.ScalarNode;
import dev.assay.runner.yaml.Problems;
import dev.assay.spi.ModelProvider;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the key {@code models}: a list of ids, or maps with an id. */
final class ModelsReader {
  static final List<String> KEYS = List.of("id", "name", "data", "params", "parents", "samplers");

  /** What a model's name may be: it is a step of paths, which have dots between steps. */
  static final String NAME = "[A-Za-z0-9][A-Za-z0-9_+-]{0,63}";

  private final Registry registry;
  private final List<String> datasets;
  private final SettingsReader settings;
  private final Problems problems;

  /**
   * @param datasets ids of the experiment's data
   */
  ModelsReader(
      Registry registry, List<String> datasets, SettingsReader settings, Problems problems) {
    this.registry = registry;
    this.datasets = List.copyOf(datasets);
    this.settings = settings;
    this.problems = problems;
  }

  /** The models that are well given. */
  List<ModelChoice> read(@Nullable Node node) {
    List<ModelChoice> choices = new ArrayList<>();
    if (node == null) {
      return choices;
    }
    List<String> ids = registry.models().stream().map(ModelProvider::id).toList();
    if (!(node instanceof ListNode list) || list.items().isEmpty()) {
      settings.notA(
          node,
          "models",
          "a list with at least one model",
          "write 'models: [gmm]', or one '- gmm' a line; choices: " + String.join(", ", ids));
      return choices;
    }
    Map<String, ModelChoice> names = new LinkedHashMap<>();
    for (int i = 0; i < list.items().size(); i++) {
      Node entry = list.items().get(i);
      entry(entry, "models[" + i + "]", ids, names.keySet())
          .ifPresent(choice -> {
            choices.add(choice);
            if (names.putIfAbsent(choice.name(), choice) != null) {
              problems.add(
                  entry.mark(),
                  "two models are named '" + choice.name() + "'",
                  "give one of them another name, such as {id: "
                      + choice.id()
                      + ", name: "
                      + choice.name()
                      + "-2}");
            }
          });
    }
    return choices;
  }

  private Optional<ModelChoice> entry(
      Node entry, String place, List<String> ids, Set<String> earlier) {
    Optional<String> id = new Ids(settings, problems).ofEntry(entry, place, "model", KEYS, ids);
    return id.flatMap(known -> {
      Optional<String> name = name(Ids.part(entry, "name"), known, place);
      String path = "models." + name.orElse(known);
      return entry(entry, path, name, registry.model(known), List.copyOf(earlier));
    });
  }

  private Optional<String> name(@Nullable Node node, String id, String place) {
    if (node == null) {
      return Optional.of(id);
    }
    if (node instanceof ScalarNode scalar
        && scalar.value() instanceof String name
        && name.matches(NAME)) {
      return Optional.of(name);
    }
    settings.notA(
        node,
        place + ".name",
        "a word of letters, digits, '-', '_' and '+'",
        "it names the model in tables and in paths such as models.vae.params.latent");
    return Optional.empty();
  }

  private <C extends Record, S extends Record> Optional<ModelChoice> entry(
      Node entry,
      String path,
      Optional<String> name,
      ModelProvider<C, S> provider,
      List<String> earlier) {
    var params =
        settings.plugin(Ids.part(entry, "params"), provider.configType(), path + ".params");
    Optional<List<Map<String, Object>>> samplers =
        samplers(Ids.part(entry, "samplers"), provider.samplerType(), path + ".samplers");
    Optional<Map<String, String>> parents =
        new ParentsReader(settings, problems).read(entry, path, provider, earlier);
    Optional<Optional<String>> data = data(Ids.part(entry, "data"), path);
    return name.isEmpty()
            || data.isEmpty()
            || params.isEmpty()
            || parents.isEmpty()
            || samplers.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ModelChoice(
                provider.id(),
                name.get(),
                data.get(),
                params.get().given(),
                parents.get(),
                samplers.get()));
  }

  /** The one dataset that the model meets, if it is given; empty if it is given wrongly. */
  private Optional<Optional<String>> data(@Nullable Node node, String path) {
    if (node == null) {
      return Optional.of(Optional.empty());
    }
    if (node instanceof ScalarNode scalar
        && scalar.value() instanceof String id
        && datasets.stream().filter(id::equals).count() == 1) {
      return Optional.of(Optional.of(id));
    }
    problems.add(
        node.mark(),
        path + ".data is not the id of one of the experiment's datasets",
        "choices: " + String.join(", ", datasets) + "; each may stand under 'data' once");
    return Optional.empty();
  }

  private <S extends Record> Optional<List<Map<String, Object>>> samplers(
      @Nullable Node node, Class<S> type, String path) {
    if (node == null) {
      return Optional.of(List.of(Map.of()));
    }
    if (!(node instanceof ListNode list) || list.items().isEmpty()) {
      settings.notA(node, path, "a list with at least one sampler", "write 'samplers: [{…}, {…}]'");
      return Optional.empty();
    }
    List<Map<String, Object>> samplers = new ArrayList<>();
    Set<S> seen = new HashSet<>();
    for (int i = 0; i < list.items().size(); i++) {
      Node item = list.items().get(i);
      var sampler = settings.plugin(item, type, path + "[" + i + "]");
      sampler.ifPresent(bound -> {
        samplers.add(bound.given());
        if (!seen.add(bound.config())) {
          problems.add(item.mark(), path + " has the same sampler twice", "keep one of the two");
        }
      });
    }
    return samplers.size() == list.items().size() ? Optional.of(samplers) : Optional.empty();
  }
}
