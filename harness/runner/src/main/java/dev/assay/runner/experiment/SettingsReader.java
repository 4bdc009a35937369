package dev.assay.runner.experiment;

import dev.assay.runner.yaml.Mark;
import dev.assay.runner.yaml.Node;
import dev.assay.runner.yaml.Node.Entry;
import dev.assay.runner.yaml.Node.ListNode;
import dev.assay.runner.yaml.Node.MapNode;
import dev.assay.runner.yaml.Node.ScalarNode;
import dev.assay.runner.yaml.Problems;
import dev.assay.runner.yaml.Scalars;
import dev.assay.runner.yaml.Suggestion;
import dev.assay.runner.yaml.YamlReader;
import dev.assay.spi.ConfigException;
import dev.assay.spi.Configs;
import java.lang.reflect.ParameterizedType;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Reads maps as records of settings, reporting every fault at its place. */
final class SettingsReader {
  private final Problems problems;

  SettingsReader(Problems problems) {
    this.problems = problems;
  }

  /**
   * A plugin's record, with defaults for what is not given.
   *
   * @param node a map; nothing for all defaults
   * @param path as problems name it
   * @return empty if anything is wrong with it
   */
  <R extends Record> Optional<Bound<R>> plugin(@Nullable Node node, Class<R> type, String path) {
    return bind(node, type, path, Configs::bind);
  }

  /** One of the records that this package declares, with defaults for what is not given. */
  <R extends Record> Optional<R> section(@Nullable Node node, Class<R> type, String path) {
    return bind(node, type, path, SettingsReader::build).map(Bound::config);
  }

  /**
   * @param given the settings that were given, by key
   */
  record Bound<R>(R config, Map<String, Object> given) {}

  private <R extends Record> Optional<Bound<R>> bind(
      @Nullable Node node,
      Class<R> type,
      String path,
      BiFunction<Class<R>, Map<String, Object>, R> make) {
    int before = problems.size();
    SequencedMap<String, Entry> entries = new LinkedHashMap<>();
    if (node instanceof MapNode map) {
      entries.putAll(map.entries());
    } else if (node != null) {
      notA(node, path, "a map of settings", "settings: " + keys(type));
    }
    Map<String, Object> given = values(entries, type, path);
    if (problems.size() > before) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Bound<>(make.apply(type, given), given));
    } catch (ConfigException e) {
      Entry culprit = entries.get(e.key());
      Mark mark = culprit != null ? culprit.value().mark() : mark(node);
      if (mark == null) {
        throw e;
      }
      problems.add(mark, path + ": " + e.getMessage(), "settings: " + keys(type));
      return Optional.empty();
    }
  }

  private static @Nullable Mark mark(@Nullable Node node) {
    return node == null ? null : node.mark();
  }

  private Map<String, Object> values(
      SequencedMap<String, Entry> entries, Class<? extends Record> type, String path) {
    List<Setting> settings = Setting.of(type);
    knownKeys(entries, settings.stream().map(Setting::key).toList(), path);
    Map<String, Object> values = new LinkedHashMap<>();
    for (Setting setting : settings) {
      Entry entry = entries.get(setting.key());
      if (entry != null) {
        value(entry.value(), setting, path + "." + setting.key())
            .ifPresent(value -> values.put(setting.key(), value));
      }
    }
    return values;
  }

  /** Reports keys that are none of those allowed. */
  void knownKeys(SequencedMap<String, Entry> entries, Collection<String> allowed, String path) {
    entries.forEach((key, entry) -> {
      if (!allowed.contains(key)) {
        problems.add(
            entry.key(),
            (path.isEmpty() ? "an experiment" : path) + " has no key '" + key + "'",
            suggest(key, allowed, "keys"));
      }
    });
  }

  /** Such as {@code did you mean 'b'? keys: a, b}. */
  static String suggest(String word, Collection<String> choices, String what) {
    return Suggestion.of(word, choices).map(meant -> "did you mean '" + meant + "'? ").orElse("")
        + (choices.isEmpty() ? "there are no " + what : what + ": " + String.join(", ", choices));
  }

  private Optional<Object> value(Node node, Setting setting, String path) {
    Optional<Object> value = setting.kind().read(node);
    if (value.isEmpty()) {
      if (setting.kind() instanceof Kind.Items items && node instanceof ListNode list) {
        for (int i = 0; i < list.items().size(); i++) {
          Node item = list.items().get(i);
          if (items.item().read(item).isEmpty()) {
            notA(item, path + "[" + i + "]", items.item(), setting.help());
          }
        }
      } else {
        notA(node, path, setting.kind(), setting.help());
      }
    }
    return value;
  }

  /** Reports a value of a wrong kind or out of range. */
  void notA(Node node, String path, Kind kind, String help) {
    String meant =
        kind instanceof Kind.Choice choice && node instanceof ScalarNode scalar
            ? Suggestion.of(scalar.text(), choice.choices())
                .map(word -> "did you mean '" + word + "'? ")
                .orElse("")
            : "";
    notA(node, path, kind.words(), meant + hint(node, kind) + help);
  }

  /** Reports a value that is not what stands there. */
  void notA(Node node, String path, String wanted, String help) {
    problems.add(node.mark(), path + " is " + node.describe() + ", but must be " + wanted, help);
  }

  private static String hint(Node node, Kind kind) {
    if (!(node instanceof ScalarNode scalar)) {
      return "";
    }
    String text = scalar.text();
    boolean isText = scalar.value() instanceof String;
    String hint =
        switch (kind) {
          case Kind.Whole _, Kind.Real _, Kind.Flag _ when isText ->
              Scalars.hint(text, scalar.quoted());
          case Kind.Text _ when !isText && scalar.value() != null ->
              "quote it to make it text: \"" + text + "\"";
          case Kind.Choice _ when !isText && scalar.value() != null -> "";
          case Kind.Span _ when scalar.value() instanceof Number -> "add the unit: " + text + "s";
          case Kind.Interval _ when scalar.value() instanceof Number ->
              "add the unit: " + text + " steps";
          case Kind.Items _ when scalar.value() != null -> "write it in brackets: [" + text + "]";
          default -> "";
        };
    return hint.isEmpty() ? "" : hint + ". ";
  }

  private static String keys(Class<? extends Record> type) {
    return String.join(", ", Setting.of(type).stream().map(Setting::key).toList());
  }

  /** As {@link Configs#bind}, with components that may be absent, times and intervals. */
  private static <R extends Record> R build(Class<R> type, Map<String, Object> given) {
    return Configs.build(
        type,
        component -> {
          Setting setting = Setting.of(component);
          Object value = given.get(setting.key());
          if (value == null && !setting.standard().isEmpty()) {
            byte[] standard = setting.standard().getBytes(StandardCharsets.UTF_8);
            value = setting.kind().read(YamlReader.read(standard, setting.key())).orElseThrow();
          }
          return argument(component, value);
        });
  }

  private static Object argument(Configs.Setting component, @Nullable Object value) {
    if (component.type() instanceof ParameterizedType generic
        && generic.getRawType() == Optional.class) {
      boolean small = generic.getActualTypeArguments()[0] == Integer.class;
      return Optional.ofNullable(small && value instanceof Long number ? number.intValue() : value);
    }
    if (value == null) {
      throw new IllegalStateException("'" + component.key() + "' has no default");
    }
    return component.type() == int.class ? ((Number) value).intValue() : value;
  }
}
