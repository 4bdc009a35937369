package dev.assay.runner.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** A value of a YAML document and where it stands. Immutable. */
public sealed interface Node {
  Mark mark();

  /** The value without its places: null, Boolean, Long, Double, String, List or Map. */
  @Nullable Object plain();

  /** For messages, such as {@code 'abc'} or {@code a map}. */
  String describe();

  /**
   * A mapping.
   *
   * @param entries in document order
   */
  record MapNode(Mark mark, SequencedMap<String, Entry> entries) implements Node {
    public MapNode {
      entries = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(entries));
    }

    /** The value of a key, null if it is not there. */
    public @Nullable Node get(String key) {
      Entry entry = entries.get(key);
      return entry == null ? null : entry.value();
    }

    @Override
    public Map<String, @Nullable Object> plain() {
      Map<String, @Nullable Object> plain = new LinkedHashMap<>();
      entries.forEach((key, entry) -> plain.put(key, entry.value().plain()));
      return plain;
    }

    @Override
    public String describe() {
      return "a map";
    }
  }

  /** A key's place and its value. */
  record Entry(Mark key, Node value) {}

  /** A sequence. */
  record ListNode(Mark mark, List<Node> items) implements Node {
    public ListNode {
      items = List.copyOf(items);
    }

    @Override
    public List<@Nullable Object> plain() {
      List<@Nullable Object> plain = new ArrayList<>();
      items.forEach(item -> plain.add(item.plain()));
      return plain;
    }

    @Override
    public String describe() {
      return "a list";
    }
  }

  /**
   * A single value.
   *
   * @param value null, Boolean, Long, Double or String, by the rules of {@link Scalars#resolve}
   * @param text as written, without quotes
   * @param quoted whether it had quotes, or was a block text
   */
  record ScalarNode(Mark mark, @Nullable Object value, String text, boolean quoted)
      implements Node {
    @Override
    public @Nullable Object plain() {
      return value;
    }

    @Override
    public String describe() {
      if (value == null) {
        return "nothing";
      }
      String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
      return value instanceof String ? "'" + shown + "'" : shown;
    }
  }
}
