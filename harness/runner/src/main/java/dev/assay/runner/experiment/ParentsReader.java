package dev.assay.runner.experiment;

import dev.assay.runner.yaml.Node;
import dev.assay.runner.yaml.Node.MapNode;
import dev.assay.runner.yaml.Node.ScalarNode;
import dev.assay.runner.yaml.Problems;
import dev.assay.spi.ModelProvider;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads the key {@code parents} of a model: for each role that it needs, the name of an entry that
 * stands before it, so that no model can be its own ancestor.
 */
final class ParentsReader {
  private final SettingsReader settings;
  private final Problems problems;

  ParentsReader(SettingsReader settings, Problems problems) {
    this.settings = settings;
    this.problems = problems;
  }

  /**
   * Names by role, empty if anything is wrong.
   *
   * @param earlier names of the entries before this one
   */
  Optional<Map<String, String>> read(
      Node entry, String path, ModelProvider<?, ?> provider, List<String> earlier) {
    List<String> roles = List.copyOf(new TreeSet<>(provider.parents()));
    Node node = Ids.part(entry, "parents");
    if (node == null && roles.isEmpty()) {
      return Optional.of(Map.of());
    }
    if (node != null && roles.isEmpty()) {
      problems.add(
          node.mark(),
          path + " has parents, but " + provider.id() + " builds upon no other model",
          "leave the key out");
      return Optional.empty();
    }
    if (!(node instanceof MapNode map)) {
      problems.add(
          (node == null ? entry : node).mark(),
          path + " needs parents for " + String.join(", ", roles),
          "write 'parents: {" + roles.getFirst() + ": name-of-a-model-before-it}'");
      return Optional.empty();
    }
    int before = problems.size();
    settings.knownKeys(map.entries(), roles, path + ".parents");
    Map<String, String> parents = new TreeMap<>();
    for (String role : roles) {
      name(map, path + ".parents", role, earlier).ifPresent(name -> parents.put(role, name));
    }
    return problems.size() > before ? Optional.empty() : Optional.of(parents);
  }

  private Optional<String> name(MapNode map, String path, String role, List<String> earlier) {
    Node node = map.get(role);
    if (node == null) {
      problems.add(
          map.mark(), path + " has no '" + role + "'", "add '" + role + ": name-of-a-model'");
      return Optional.empty();
    }
    if (node instanceof ScalarNode scalar
        && scalar.value() instanceof String name
        && earlier.contains(name)) {
      return Optional.of(name);
    }
    String given = node instanceof ScalarNode scalar ? String.valueOf(scalar.value()) : "";
    problems.add(
        node.mark(),
        path + "." + role + " is not the name of a model that stands before this one",
        SettingsReader.suggest(given, earlier, "choices"));
    return Optional.empty();
  }
}
