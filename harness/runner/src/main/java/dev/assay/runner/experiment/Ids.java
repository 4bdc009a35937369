package dev.assay.runner.experiment;

import dev.assay.runner.yaml.Node;
import dev.assay.runner.yaml.Node.ListNode;
import dev.assay.runner.yaml.Node.MapNode;
import dev.assay.runner.yaml.Node.ScalarNode;
import dev.assay.runner.yaml.Problems;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads words that name something that exists. */
final class Ids {
  private final SettingsReader settings;
  private final Problems problems;

  Ids(SettingsReader settings, Problems problems) {
    this.settings = settings;
    this.problems = problems;
  }

  /** Reports items that name nothing, or the same thing twice; other faults are left to others. */
  void eachOnce(ListNode list, String kind, List<String> choices) {
    Set<String> seen = new HashSet<>();
    for (Node item : list.items()) {
      if (item instanceof ScalarNode scalar && scalar.value() instanceof String id) {
        if (exists(item, id, kind, choices) && !seen.add(id)) {
          problems.add(
              item.mark(), "the " + kind + " '" + id + "' is here twice", "keep one of the two");
        }
      }
    }
  }

  /**
   * The id of an entry that may be written short, {@code gmm}, or long, {@code {id: gmm, …}}.
   *
   * @param path as problems name the entry
   * @param keys what the long form may hold
   */
  Optional<String> ofEntry(
      Node entry, String path, String kind, List<String> keys, List<String> choices) {
    Node id = entry;
    if (entry instanceof MapNode map) {
      settings.knownKeys(map.entries(), keys, path);
      Node given = map.get("id");
      if (given == null) {
        problems.add(
            entry.mark(),
            path + " names no " + kind,
            "add the key 'id'; choices: " + String.join(", ", choices));
        return Optional.empty();
      }
      id = given;
    }
    if (!(id instanceof ScalarNode scalar && scalar.value() instanceof String word)) {
      settings.notA(
          id,
          path,
          "the id of a " + kind + (id.equals(entry) ? ", or a map with the key 'id'" : ""),
          "choices: " + String.join(", ", choices));
      return Optional.empty();
    }
    return exists(id, word, kind, choices) ? Optional.of(word) : Optional.empty();
  }

  private boolean exists(Node node, String id, String kind, List<String> choices) {
    if (choices.contains(id)) {
      return true;
    }
    problems.add(
        node.mark(),
        "there is no " + kind + " '" + id + "'",
        SettingsReader.suggest(id, choices, "choices"));
    return false;
  }

  /** The value of a key of an entry in its long form. */
  static @Nullable Node part(Node entry, String key) {
    return entry instanceof MapNode map ? map.get(key) : null;
  }

  /** A list as its items, anything else as the only one; nothing if there is nothing. */
  static List<Node> items(@Nullable Node node) {
    if (node == null) {
      return List.of();
    }
    return node instanceof ListNode list ? list.items() : List.of(node);
  }

  /** An entry without the keys that are not named. */
  static MapNode only(MapNode entry, List<String> keys) {
    var kept = new LinkedHashMap<>(entry.entries());
    kept.keySet().retainAll(keys);
    return new MapNode(entry.mark(), kept);
  }
}
