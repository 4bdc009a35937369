package dev.assay.runner.experiment;

import dev.assay.runner.experiment.GateSettings.Margin;
import dev.assay.runner.yaml.Node;
import dev.assay.runner.yaml.Node.Entry;
import dev.assay.runner.yaml.Node.ListNode;
import dev.assay.runner.yaml.Node.MapNode;
import dev.assay.runner.yaml.Node.ScalarNode;
import dev.assay.runner.yaml.Problems;
import dev.assay.spi.Metric;
import dev.assay.spi.Param;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Reads the key {@code repeat}: training seeds, and when there are enough. */
final class RepeatReader {
  /** Most training seeds. */
  static final int MAX_SEEDS = 1000;

  static final List<String> KEYS = List.of("seeds", "until", "max");
  static final List<String> UNTIL_KEYS = List.of("ci", "metric");

  /** How a width is written. */
  static final String WIDTH_HELP = "write a half width, such as 2% of the mean or 0.05";

  /** Seeds before the first look, unless told otherwise. */
  static final int FIRST = 3;

  /** Seeds in all, unless told otherwise. */
  static final int STANDARD_MAX = 20;

  private final Registry registry;
  private final SettingsReader settings;
  private final Problems problems;

  RepeatReader(Registry registry, SettingsReader settings, Problems problems) {
    this.registry = registry;
    this.settings = settings;
    this.problems = problems;
  }

  /** Numbers of the key. */
  record Repeat(
      @Param(
              doc = "How many training seeds, from 1 on, or a list of them.",
              value = "1",
              min = 1,
              max = MAX_SEEDS)
          int seeds,
      @Param(
              doc = "Seeds after which until gives up.",
              value = "" + STANDARD_MAX,
              min = 2,
              max = MAX_SEEDS)
          int max) {}

  /**
   * What was read.
   *
   * @param seeds those that every model is trained with
   */
  record Seeds(List<Long> seeds, Optional<Until> until) {}

  Seeds read(@Nullable Node node) {
    SequencedMap<String, Entry> numbers = new LinkedHashMap<>();
    Optional<List<Long>> listed = Optional.empty();
    Node until = null;
    if (node instanceof MapNode map) {
      settings.knownKeys(map.entries(), KEYS, "repeat");
      until = map.get("until");
      numbers.putAll(map.entries());
      numbers.keySet().retainAll(List.of("seeds", "max"));
      if (map.get("seeds") instanceof ListNode list) {
        listed = Optional.of(seedList(list));
        numbers.remove("seeds");
      }
      if (until == null && map.get("max") instanceof Node max) {
        problems.add(max.mark(), "repeat.max needs repeat.until", "add such as 'until: {ci: 2%}'");
      }
    }
    Node rest = node instanceof MapNode map ? new MapNode(map.mark(), numbers) : node;
    Optional<Repeat> repeat = settings.section(rest, Repeat.class, "repeat");
    if (repeat.isEmpty()) {
      return new Seeds(listed.orElse(List.of()), Optional.empty());
    }
    boolean counted = numbers.containsKey("seeds");
    int count = counted || until == null ? repeat.get().seeds() : FIRST;
    List<Long> seeds = listed.orElseGet(() -> LongStream.rangeClosed(1, count).boxed().toList());
    return new Seeds(
        seeds, until == null ? Optional.empty() : until(until, seeds, listed, repeat.get().max()));
  }

  private Optional<Until> until(Node node, List<Long> seeds, Optional<List<Long>> listed, int max) {
    if (!(node instanceof MapNode map)) {
      settings.notA(node, "repeat.until", "a map", "keys: " + String.join(", ", UNTIL_KEYS));
      return Optional.empty();
    }
    settings.knownKeys(map.entries(), UNTIL_KEYS, "repeat.until");
    if (listed.isPresent()) {
      problems.add(
          map.mark(),
          "repeat.until adds seeds to a number of them, but repeat.seeds is a list",
          "write how many to begin with, such as 'seeds: 3'");
    }
    if (max < seeds.size()) {
      problems.add(
          map.mark(),
          "repeat.max is " + max + ", but repeat.seeds are " + seeds.size(),
          "max counts all seeds");
    }
    Optional<String> metric = Optional.ofNullable(map.get("metric")).flatMap(this::metric);
    return width(map).map(width -> new Until(width.value(), width.relative(), metric, max));
  }

  private Optional<Margin> width(MapNode until) {
    Node node = until.get("ci");
    if (node == null) {
      problems.add(until.mark(), "repeat.until has no ci", WIDTH_HELP);
      return Optional.empty();
    }
    Optional<Margin> width =
        node instanceof ScalarNode scalar && !(scalar.value() instanceof Boolean)
            ? Margin.parse(scalar.text()).filter(margin -> margin.value() > 0)
            : Optional.empty();
    if (width.isEmpty()) {
      settings.notA(node, "repeat.until.ci", "a percentage or a number, above 0", WIDTH_HELP);
    }
    return width;
  }

  private Optional<String> metric(Node node) {
    List<String> ids = registry.metrics().stream().map(Metric::id).toList();
    String text = node instanceof ScalarNode scalar ? scalar.text() : "";
    if (!ids.contains(text)) {
      settings.notA(
          node, "repeat.until.metric", "a metric", SettingsReader.suggest(text, ids, "metrics"));
      return Optional.empty();
    }
    return Optional.of(text);
  }

  private List<Long> seedList(ListNode list) {
    String help = "seeds are distinct whole numbers from 0 to 4294967295, at most " + MAX_SEEDS;
    if (list.items().isEmpty() || list.items().size() > MAX_SEEDS) {
      problems.add(list.mark(), "repeat.seeds has " + list.items().size() + " seeds", help);
    }
    List<Long> seeds = new ArrayList<>();
    Set<Long> seen = new HashSet<>();
    for (Node item : list.items()) {
      if (!(item instanceof ScalarNode scalar
          && scalar.value() instanceof Long seed
          && seed >= 0
          && seed <= 0xFFFFFFFFL)) {
        settings.notA(item, "a seed", "a whole number, between 0 and 4294967295", help);
      } else if (seen.add(seed)) {
        seeds.add(seed);
      } else {
        problems.add(item.mark(), "the seed " + seed + " is here twice", help);
      }
    }
    return seeds;
  }
}
