package dev.assay.runner.experiment;

import dev.assay.runner.yaml.Node;
import dev.assay.runner.yaml.Node.Entry;
import dev.assay.runner.yaml.Node.ListNode;
import dev.assay.runner.yaml.Node.MapNode;
import dev.assay.runner.yaml.Node.ScalarNode;
import dev.assay.runner.yaml.Problems;
import dev.assay.tensor.BackendProvider;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the key {@code backends}: a list of ids, or maps with an id. */
final class BackendsReader {
  static final List<String> KEYS =
      Setting.of(BackendChoice.class).stream().map(Setting::key).toList();

  private final Registry registry;
  private final SettingsReader settings;
  private final Problems problems;

  BackendsReader(Registry registry, SettingsReader settings, Problems problems) {
    this.registry = registry;
    this.settings = settings;
    this.problems = problems;
  }

  /** The backends that are well given; the CPU unless any are. */
  List<BackendChoice> read(@Nullable Node node) {
    if (node == null) {
      return settings
          .section(null, BackendChoice.class, "backends")
          .map(List::of)
          .orElse(List.of());
    }
    List<String> ids = registry.backends().stream().map(BackendProvider::id).toList();
    if (!(node instanceof ListNode list) || list.items().isEmpty()) {
      settings.notA(
          node,
          "backends",
          "a list with at least one backend",
          "write 'backends: [cpu]'; choices: " + String.join(", ", ids));
      return List.of();
    }
    List<BackendChoice> choices = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < list.items().size(); i++) {
      Node entry = list.items().get(i);
      entry(entry, "backends[" + i + "]", ids)
          .ifPresent(choice -> {
            choices.add(choice);
            if (!seen.add(choice.id() + " " + choice.precision())) {
              problems.add(
                  entry.mark(),
                  "the backend '" + choice.id() + "' is here twice with " + choice.precision(),
                  "keep one of the two; results are told apart by backend and precision");
            }
          });
    }
    return choices;
  }

  private Optional<BackendChoice> entry(Node entry, String path, List<String> ids) {
    Optional<String> id = new Ids(settings, problems).ofEntry(entry, path, "backend", KEYS, ids);
    if (id.isEmpty()) {
      return Optional.empty();
    }
    MapNode whole =
        entry instanceof MapNode map
            ? Ids.only(map, KEYS)
            : new MapNode(
                entry.mark(), new LinkedHashMap<>(Map.of("id", new Entry(entry.mark(), entry))));
    return settings
        .section(whole, BackendChoice.class, path)
        .filter(choice ->
            precision(choice, whole.get("precision"), path)
                && blas(choice, whole.get("blas"), path));
  }

  private boolean blas(BackendChoice choice, @Nullable Node node, String path) {
    List<String> choices = registry.backend(choice.id()).blas();
    if (choice.blas().isEmpty() || node == null || choices.contains(choice.blas().get())) {
      return true;
    }
    if (choices.isEmpty()) {
      problems.add(
          node.mark(),
          "the backend '" + choice.id() + "' has no choice of " + path + ".blas",
          "leave it out");
    } else {
      settings.notA(
          node,
          path + ".blas",
          new Kind.Choice(choices),
          "these are the matrix products of the backend '" + choice.id() + "'");
    }
    return false;
  }

  private boolean precision(BackendChoice choice, @Nullable Node node, String path) {
    List<String> precisions = registry.backend(choice.id()).precisions();
    if (!(node instanceof ScalarNode) || precisions.contains(choice.precision())) {
      return true;
    }
    settings.notA(
        node,
        path + ".precision",
        new Kind.Choice(precisions),
        "these are the precisions of the backend '" + choice.id() + "'");
    return false;
  }
}
