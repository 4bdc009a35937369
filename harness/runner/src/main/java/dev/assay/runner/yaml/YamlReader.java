package dev.assay.runner.yaml;

import dev.assay.runner.yaml.Node.Entry;
import dev.assay.runner.yaml.Node.ListNode;
import dev.assay.runner.yaml.Node.MapNode;
import dev.assay.runner.yaml.Node.ScalarNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * Reads one YAML document as plain data: maps with distinct text keys, lists, and scalars that mean
 * what JSON would make of them. Tags, anchors, aliases, further documents, deep nesting and large
 * files are problems, not features.
 */
public final class YamlReader {
  /** Largest accepted file, in bytes. */
  public static final int MAX_BYTES = 1 << 20;

  /** Deepest accepted nesting of maps and lists. */
  public static final int MAX_DEPTH = 20;

  private final Source source;
  private final Problems problems;
  private final Iterator<Event> events;

  private YamlReader(Source source, Problems problems) {
    this.source = source;
    this.problems = problems;
    LoadSettings settings =
        LoadSettings.builder().setLabel(source.name()).setCodePointLimit(MAX_BYTES + 1).build();
    this.events = new Parse(settings).parseString(source.text()).iterator();
  }

  /**
   * Reads a file.
   *
   * @param name how problems call the file
   * @throws ProblemException if the text is no such document, with everything found wrong
   * @throws IOException if the file cannot be read
   */
  public static Node read(Path file, String name) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    }
    return read(bytes, name);
  }

  /**
   * Reads UTF-8 bytes.
   *
   * @throws ProblemException if the text is no such document, with everything found wrong
   */
  public static Node read(byte[] bytes, String name) {
    Problems problems = new Problems();
    if (bytes.length > MAX_BYTES) {
      problems.add(
          new Mark(new Source(name, ""), 1, 1, 1),
          "the file is larger than 1 MiB",
          "an experiment file holds settings only; name data by its path or id");
      problems.throwIfAny();
    }
    Source source = Encoding.decode(name, bytes, problems);
    problems.throwIfAny();
    Node root = read(source, problems);
    problems.throwIfAny();
    return root;
  }

  /** The document of a text that is known to hold no unreadable characters. */
  static Node read(Source source, Problems problems) {
    try {
      return new YamlReader(source, problems).document();
    } catch (MarkedYamlEngineException e) {
      SyntaxErrors.add(e, source, problems);
      throw new ProblemException(problems.list());
    }
  }

  private Node document() {
    Node root = new ScalarNode(source.end(), null, "", false);
    int documents = 0;
    while (true) {
      Event event = events.next();
      if (event instanceof StreamEndEvent) {
        return root;
      } else if (event instanceof DocumentStartEvent start) {
        documents++;
        if (documents > 1) {
          problems.add(
              mark(start, 3),
              "a second document starts here",
              "one file holds one experiment; remove the line '---' and what follows, or use"
                  + " another file");
          throw new ProblemException(problems.list());
        }
      } else if (event instanceof NodeEvent node) {
        root = node(node, 0);
      }
    }
  }

  private Node node(NodeEvent event, int depth) {
    if (depth > MAX_DEPTH) {
      problems.add(
          mark(event, 1),
          "maps and lists are nested more than " + MAX_DEPTH + " deep",
          "no setting of an experiment needs that; check the brackets and the indentation");
      throw new ProblemException(problems.list());
    }
    checkPlain(event);
    return switch (event) {
      case ScalarEvent scalar -> scalar(scalar);
      case MappingStartEvent start -> map(start, depth);
      case SequenceStartEvent start -> list(start, depth);
      default -> new ScalarNode(mark(event, 1), null, "", false);
    };
  }

  /** Reports what makes a node more than plain data. */
  private void checkPlain(NodeEvent event) {
    if (event instanceof AliasEvent alias) {
      problems.add(
          mark(event, alias.getAlias().getValue().length() + 1),
          "an alias, *" + alias.getAlias().getValue(),
          "aliases are not read; write the value again, or quote it if it is text");
      return;
    }
    event
        .getAnchor()
        .ifPresent(anchor ->
            problems.add(
                mark(event, anchor.getValue().length() + 1),
                "an anchor, &" + anchor.getValue(),
                "anchors are not read; remove it, or quote the value if it is text"));
    Optional<String> tag =
        switch (event) {
          case ScalarEvent scalar -> scalar.getTag();
          case MappingStartEvent start -> start.getTag();
          case SequenceStartEvent start -> start.getTag();
          default -> Optional.empty();
        };
    tag.ifPresent(name ->
        problems.add(
            mark(event, 1),
            "a tag, " + name.replace("tag:yaml.org,2002:", "!!"),
            "tags are not read and load nothing; remove it, or quote the value if it is text"));
  }

  private ScalarNode scalar(ScalarEvent event) {
    String text = event.getValue();
    boolean quoted = !event.isPlain();
    Object value = quoted || event.getTag().isPresent() ? text : Scalars.resolve(text);
    return new ScalarNode(mark(event, width(event)), value, text, quoted);
  }

  /** Columns that a scalar takes on its first line, quotes included. */
  private static int width(ScalarEvent event) {
    return event
        .getEndMark()
        .flatMap(end ->
            event
                .getStartMark()
                .filter(start -> start.getLine() == end.getLine())
                .map(start -> Math.max(1, end.getColumn() - start.getColumn())))
        .orElse(1);
  }

  private ListNode list(SequenceStartEvent start, int depth) {
    List<Node> items = new ArrayList<>();
    while (true) {
      Event event = events.next();
      if (event instanceof SequenceEndEvent) {
        return new ListNode(mark(start, 1), items);
      }
      items.add(node((NodeEvent) event, depth + 1));
    }
  }

  private MapNode map(MappingStartEvent start, int depth) {
    SequencedMap<String, Entry> entries = new LinkedHashMap<>();
    while (true) {
      Event event = events.next();
      if (event instanceof MappingEndEvent) {
        return new MapNode(mark(start, 1), entries);
      }
      Optional<ScalarNode> key = key((NodeEvent) event, depth);
      Node value = node((NodeEvent) events.next(), depth + 1);
      key.ifPresent(word -> put(entries, word, value));
    }
  }

  private void put(SequencedMap<String, Entry> entries, ScalarNode key, Node value) {
    Entry first = entries.putIfAbsent(key.text(), new Entry(key.mark(), value));
    if (first != null) {
      problems.add(
          key.mark(),
          "the key '" + key.text() + "' is here twice",
          "it is also on line " + first.key().line() + "; keep one of the two");
    }
  }

  private Optional<ScalarNode> key(NodeEvent event, int depth) {
    Node key = node(event, depth + 1);
    if (key instanceof ScalarNode word && word.text().equals("<<") && !word.quoted()) {
      problems.add(key.mark(), "a merge key, <<", "merging is not read; write the keys out");
    } else if (key instanceof ScalarNode word && (word.value() != null || word.quoted())) {
      return Optional.of(word);
    } else if (!(event instanceof AliasEvent)) {
      problems.add(key.mark(), key.describe() + " as a key", "a key is a word; write 'key: value'");
    }
    return Optional.empty();
  }

  private Mark mark(Event event, int length) {
    return event
        .getStartMark()
        .map(at -> source.mark(at.getLine(), at.getColumn(), length))
        .orElse(source.end());
  }
}
