package dev.assay.runner.experiment;

import dev.assay.runner.yaml.Edit;
import dev.assay.runner.yaml.Mark;
import dev.assay.runner.yaml.Node;
import dev.assay.runner.yaml.Node.Entry;
import dev.assay.runner.yaml.Node.ListNode;
import dev.assay.runner.yaml.Node.MapNode;
import dev.assay.runner.yaml.Problems;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the key {@code sweep}: a list of {@code {grid: {path: [values]}}} and {@code {zip: …}}. */
final class SweepReader {
  static final List<String> KEYS = List.of("grid", "zip");

  /** What a sweep may change: whatever determines a result. */
  static final List<String> ROOTS =
      List.of("data", "models", "budget", "backends", "score", "evaluate");

  /** Most points of a sweep. */
  static final int MAX_POINTS = 10_000;

  private static final String HELP =
      "write 'sweep: [{grid: {models.vae.params.latent: [2, 8]}}]'; keys: grid, zip";

  private final SettingsReader settings;
  private final Problems problems;

  SweepReader(SettingsReader settings, Problems problems) {
    this.settings = settings;
    this.problems = problems;
  }

  /**
   * Every point of a sweep as the edits that lead to it; one point without edits if there is none.
   */
  static List<List<Edit>> points(@Nullable Node node) {
    List<List<Edit>> points = List.of(List.of());
    for (Node axis : Ids.items(node)) {
      if (axis instanceof MapNode map) {
        for (Map.Entry<String, Entry> entry : map.entries().entrySet()) {
          points = product(points, choices(entry.getValue().value(), entry.getKey()));
        }
      }
    }
    return points;
  }

  private static List<List<Edit>> choices(Node paths, String key) {
    List<List<Edit>> choices = List.of(List.of());
    List<List<Edit>> columns = new ArrayList<>();
    if (paths instanceof MapNode map) {
      map.entries()
          .forEach((path, entry) ->
              columns.add(
                  Ids.items(entry.value()).stream()
                      .map(value -> new Edit(entry.key(), path, value))
                      .toList()));
    }
    if (key.equals("zip")) {
      int length = columns.isEmpty() ? 0 : columns.getFirst().size();
      List<List<Edit>> rows = new ArrayList<>();
      for (int i = 0; i < length; i++) {
        int row = i;
        rows.add(columns.stream().map(column -> column.get(row)).toList());
      }
      return rows;
    }
    for (List<Edit> column : columns) {
      choices = product(choices, column.stream().map(List::of).toList());
    }
    return choices;
  }

  private static List<List<Edit>> product(List<List<Edit>> left, List<List<Edit>> right) {
    List<List<Edit>> all = new ArrayList<>();
    for (List<Edit> head : left) {
      for (List<Edit> tail : right) {
        List<Edit> joined = new ArrayList<>(head);
        joined.addAll(tail);
        all.add(joined);
      }
    }
    return all;
  }

  /** The axes that are well given. */
  List<SweepAxis> read(@Nullable Node node) {
    if (node == null) {
      return List.of();
    }
    if (!(node instanceof ListNode list)) {
      settings.notA(node, "sweep", "a list of axes", HELP);
      return List.of();
    }
    List<SweepAxis> axes = new ArrayList<>();
    Set<String> paths = new HashSet<>();
    long points = 1;
    for (int i = 0; i < list.items().size(); i++) {
      Optional<SweepAxis> axis = axis(list.items().get(i), "sweep[" + i + "]", paths);
      axis.ifPresent(axes::add);
      points = Math.min(Integer.MAX_VALUE, points * axis.map(SweepReader::size).orElse(1L));
    }
    if (points > MAX_POINTS) {
      problems.add(
          node.mark(),
          "the sweep has " + points + " points, more than " + MAX_POINTS,
          "give fewer values, or zip paths that belong together");
    }
    return axes;
  }

  private static long size(SweepAxis axis) {
    return switch (axis) {
      case SweepAxis.Zip zip -> zip.values().values().iterator().next().size();
      case SweepAxis.Grid grid ->
          grid.values().values().stream()
              .mapToLong(List::size)
              .reduce(1, (a, b) -> Math.min(Integer.MAX_VALUE, a * b));
    };
  }

  private Optional<SweepAxis> axis(Node node, String place, Set<String> paths) {
    if (!(node instanceof MapNode map) || map.entries().size() != 1) {
      settings.notA(node, place, "a map with one key, grid or zip", HELP);
      return Optional.empty();
    }
    settings.knownKeys(map.entries(), KEYS, place);
    var axis = map.entries().firstEntry();
    Node given = axis.getValue().value();
    if (!(given instanceof MapNode values) || values.entries().isEmpty()) {
      settings.notA(given, place + "." + axis.getKey(), "a map from paths to lists", HELP);
      return Optional.empty();
    }
    int before = problems.size();
    Map<String, List<Object>> lists = new LinkedHashMap<>();
    values.entries().forEach((path, entry) -> lists.put(path, values(path, entry, paths)));
    if (axis.getKey().equals("zip")) {
      equalLengths(values, lists);
    }
    if (problems.size() > before) {
      return Optional.empty();
    }
    return switch (axis.getKey()) {
      case "grid" -> Optional.of(new SweepAxis.Grid(lists));
      case "zip" -> Optional.of(new SweepAxis.Zip(lists));
      default -> Optional.empty();
    };
  }

  private List<Object> values(String path, Entry entry, Set<String> paths) {
    String root = path.substring(0, Math.max(0, path.indexOf('.')));
    Mark mark = entry.key();
    if (!ROOTS.contains(root)) {
      problems.add(
          mark,
          "a sweep cannot vary '" + path + "'",
          SettingsReader.suggest(root, ROOTS, "paths start with")
              + "; such as models.vae.params.latent");
    } else if (!paths.add(path)) {
      problems.add(mark, "'" + path + "' is swept twice", "keep one of the two");
    }
    if (!(entry.value() instanceof ListNode list) || list.items().isEmpty()) {
      settings.notA(entry.value(), "the values of " + path, "a list with at least one value", HELP);
      return List.of();
    }
    Set<Object> seen = new HashSet<>();
    List<Object> values = new ArrayList<>();
    for (Node item : list.items()) {
      Object plain = item.plain();
      if (plain == null) {
        settings.notA(item, "a value of " + path, "given", HELP);
      } else if (seen.add(plain)) {
        values.add(plain);
      } else {
        problems.add(item.mark(), item.describe() + " is here twice", "keep one of the two");
      }
    }
    return values;
  }

  private void equalLengths(MapNode values, Map<String, List<Object>> lists) {
    int first = lists.values().iterator().next().size();
    lists.forEach((path, list) -> {
      Entry entry = values.entries().get(path);
      if (list.size() != first && entry != null) {
        problems.add(
            entry.value().mark(),
            "the lists of a zip differ in length: " + first + " and " + list.size(),
            "give each path the same number of values, or use grid");
      }
    });
  }
}
