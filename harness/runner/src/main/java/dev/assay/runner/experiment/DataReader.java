package dev.assay.runner.experiment;

import dev.assay.runner.yaml.Node;
import dev.assay.runner.yaml.Node.ListNode;
import dev.assay.runner.yaml.Node.MapNode;
import dev.assay.runner.yaml.Problems;
import dev.assay.spi.ConfigException;
import dev.assay.spi.DataPreparer;
import dev.assay.spi.DatasetCard;
import dev.assay.spi.OwnFiles;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the key {@code data}: an id, a map, or a list of those. */
final class DataReader {
  static final List<String> KEYS = List.of("id", "split", "preprocess");

  private static final String HELP = "src/docs/data.md describes which files can be read, and how";
  private static final String RELATIVE =
      "paths start at the folder of the experiment file; " + HELP;

  private final Registry registry;
  private final Path folder;
  private final SettingsReader settings;
  private final Problems problems;

  /**
   * @param folder where relative paths of own files start
   */
  DataReader(Registry registry, Path folder, SettingsReader settings, Problems problems) {
    this.registry = registry;
    this.folder = folder;
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
    Node ownPath = Ids.part(entry, "path");
    Optional<OwnFiles<?>> ownFiles = registry.ownFiles();
    if (entry instanceof MapNode map && ownPath != null && ownFiles.isPresent()) {
      if (map.get("id") == null) {
        return own(map, ownPath, path, ownFiles.get());
      }
      problems.add(
          ownPath.mark(),
          path + " has an id and a path",
          "keep the id of a dataset of the catalogue, or the path of your own files");
      return Optional.empty();
    }
    List<String> ids = registry.datasets().stream().map(DatasetCard::id).toList();
    return new Ids(settings, problems)
        .ofEntry(entry, path, "dataset", KEYS, ids)
        .flatMap(id -> entry(entry, path, registry.dataset(id), Map.of(), registry.preparer()));
  }

  private <C extends Record> Optional<DataChoice> own(
      MapNode entry, Node ownPath, String path, OwnFiles<C> files) {
    List<String> own = Setting.of(files.configType()).stream().map(Setting::key).toList();
    List<String> all = Stream.concat(own.stream(), Stream.of("split", "preprocess")).toList();
    int before = problems.size();
    settings.knownKeys(entry.entries(), all, path);
    MapNode description = Ids.only(entry, own);
    var bound = settings.plugin(description, files.configType(), path);
    if (problems.size() > before || bound.isEmpty()) {
      return Optional.empty();
    }
    try {
      OwnData<C> data = new OwnData<>(files, bound.get().config(), folder);
      DatasetCard card = registry.load(data).card();
      return entry(entry, path, card, bound.get().given(), registry.preparer());
    } catch (ConfigException e) {
      Node culprit = part(description, e.key()).orElse(ownPath);
      problems.add(culprit.mark(), path + ": " + e.getMessage(), HELP);
    } catch (NoSuchFileException e) {
      problems.add(ownPath.mark(), "there is no file " + e.getFile(), RELATIVE);
    } catch (IOException e) {
      problems.add(ownPath.mark(), String.valueOf(e.getMessage()), HELP);
    }
    return Optional.empty();
  }

  private <S extends Record, P extends Record> Optional<DataChoice> entry(
      Node entry,
      String path,
      DatasetCard card,
      Map<String, Object> own,
      DataPreparer<S, P> preparer) {
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
    return Optional.of(
        new DataChoice(card.id(), own, split.get().given(), preprocess.get().given()));
  }

  private static Optional<Node> part(@Nullable Node node, String key) {
    return node instanceof MapNode map ? Optional.ofNullable(map.get(key)) : Optional.empty();
  }
}
