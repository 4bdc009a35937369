package dev.assay.runner.experiment;

import dev.assay.runner.yaml.Node;
import dev.assay.runner.yaml.Node.Entry;
import dev.assay.runner.yaml.Node.ListNode;
import dev.assay.runner.yaml.Node.MapNode;
import dev.assay.runner.yaml.Problems;
import dev.assay.spi.ConfigException;
import dev.assay.spi.DataPreparer;
import dev.assay.spi.DatasetCard;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the key {@code data}: an id, a map, or a list of those. */
final class DataReader {
  static final List<String> KEYS = List.of("id", "split", "preprocess");

  private final Registry registry;
  private final SettingsReader settings;
  private final Problems problems;

  DataReader(Registry registry, SettingsReader settings, Problems problems) {
    this.registry = registry;
    this.settings = settings;
    this.problems = problems;
  }

  /** The datasets that are well given. */
  List<DataChoice> read(@Nullable Node node) {
    List<Node> entries = Ids.items(node);
    List<DataChoice> choices = new ArrayList<>();
    if (node != null && entries.isEmpty()) {
      problems.add(node.mark(), "data is an empty list", "name at least one dataset");
    }
    Set<DataChoice> seen = new HashSet<>();
    for (int i = 0; i < entries.size(); i++) {
      Node entry = entries.get(i);
      entry(entry, node instanceof ListNode ? "data[" + i + "]" : "data")
          .ifPresent(choice -> {
            choices.add(choice);
            if (!seen.add(choice)) {
              problems.add(
                  entry.mark(),
                  "the dataset '" + choice.id() + "' is here twice with the same settings",
                  "keep one of the two");
            }
          });
    }
    return choices;
  }

  private Optional<DataChoice> entry(Node entry, String path) {
    List<String> ids = registry.datasets().stream().map(DatasetCard::id).toList();
    Optional<String> id = new Ids(settings, problems).ofEntry(entry, path, "dataset", KEYS, ids);
    return id.flatMap(known -> entry(entry, path, registry.dataset(known), registry.preparer()));
  }

  private <S extends Record, P extends Record> Optional<DataChoice> entry(
      Node entry, String path, DatasetCard card, DataPreparer<S, P> preparer) {
    Node splitNode = Ids.part(entry, "split");
    Node preprocessNode = Ids.part(entry, "preprocess");
    var split = settings.plugin(splitNode, preparer.splitType(), path + ".split");
    var preprocess =
        settings.plugin(preprocessNode, preparer.preprocessType(), path + ".preprocess");
    if (split.isEmpty() || preprocess.isEmpty()) {
      return Optional.empty();
    }
    try {
      preparer.spec(card, split.get().config(), preprocess.get().config());
    } catch (ConfigException e) {
      Node culprit = part(preprocessNode, e.key()).or(() -> part(splitNode, e.key())).orElse(entry);
      problems.add(
          culprit.mark(), path + ": " + e.getMessage(), card.id() + " is " + card.summary());
      return Optional.empty();
    }
    return Optional.of(new DataChoice(card.id(), split.get().given(), preprocess.get().given()));
  }

  private static Optional<Node> part(@Nullable Node node, String key) {
    return node instanceof MapNode map
        ? Optional.ofNullable(map.entries().get(key)).map(Entry::value)
        : Optional.empty();
  }
}
