package dev.assay.runner.yaml;

import dev.assay.runner.yaml.Node.Entry;
import dev.assay.runner.yaml.Node.ListNode;
import dev.assay.runner.yaml.Node.MapNode;
import dev.assay.runner.yaml.Node.ScalarNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Puts a value at a path of a document, such as {@code models.vae.params.latent}. A step is a key
 * of a map, or an item of a list: its index from 0, its {@code name}, or its {@code id}. A short
 * form, a word where a map with an {@code id} may stand, becomes that map when a path leads into
 * it. Maps that are not there are made; list items are not.
 *
 * @param path dotted, where it was given
 * @param value what to put there
 */
public record Edit(Mark mark, String path, Node value) {
  private static final String HELP = "write a path and a value, such as budget.epochs=5";

  /**
   * Reads {@code path=value}; the value is YAML on one line.
   *
   * @param option as problems name it, such as {@code --set}
   * @throws ProblemException if it is not of that form
   */
  public static Edit parse(String option, String argument) {
    Problems problems = new Problems();
    Source source = new Source(option, argument);
    Mark whole = new Mark(source, 1, 1, argument.length());
    int equals = argument.indexOf('=');
    if (argument.lines().count() != 1 || argument.chars().anyMatch(Character::isISOControl)) {
      problems.add(whole, "'" + argument.strip() + "' is no path=value on one line", HELP);
    } else if (equals <= 0) {
      problems.add(whole, "'" + argument + "' has no " + (equals < 0 ? "'='" : "path"), HELP);
    }
    problems.throwIfAny();
    String blank = " ".repeat(equals + 1);
    Source value = new Source(option, blank + argument.substring(equals + 1));
    Node node = YamlReader.read(value, problems);
    problems.throwIfAny();
    Mark mark = new Mark(source, 1, 1, equals);
    return new Edit(mark, argument.substring(0, equals), move(node, source));
  }

  /** The same value as part of another source, at the same places. */
  private static Node move(Node node, Source to) {
    Mark mark = move(node.mark(), to);
    return switch (node) {
      case ScalarNode n -> new ScalarNode(mark, n.value(), n.text(), n.quoted());
      case ListNode n -> new ListNode(mark, n.items().stream().map(i -> move(i, to)).toList());
      case MapNode n -> {
        SequencedMap<String, Entry> entries = new LinkedHashMap<>();
        n.entries()
            .forEach((k, e) -> entries.put(k, new Entry(move(e.key(), to), move(e.value(), to))));
        yield new MapNode(mark, entries);
      }
    };
  }

  private static Mark move(Mark mark, Source to) {
    return new Mark(to, mark.line(), mark.column(), mark.length());
  }

  /** The document with the value in its place; the document itself if the path leads nowhere. */
  public Node applyTo(Node root, Problems problems) {
    return put(root, List.of(path.split("\\.", -1)), 0, problems);
  }

  private Node put(Node node, List<String> steps, int at, Problems problems) {
    if (at == steps.size()) {
      return value;
    }
    String step = steps.get(at);
    if (step.isBlank()) {
      problems.add(stepMark(steps, at), "an empty step in the path '" + path + "'", HELP);
      return node;
    }
    return switch (node) {
      case MapNode map -> putKey(map, steps, at, problems);
      case ListNode list -> putItem(list, steps, at, problems);
      case ScalarNode word when word.value() instanceof String -> {
        SequencedMap<String, Entry> entries = new LinkedHashMap<>();
        entries.put("id", new Entry(word.mark(), word));
        yield put(new MapNode(word.mark(), entries), steps, at, problems);
      }
      case ScalarNode empty when empty.value() == null ->
          putKey(new MapNode(stepMark(steps, at), new LinkedHashMap<>()), steps, at, problems);
      case ScalarNode other -> {
        problems.add(
            stepMark(steps, at),
            String.join(".", steps.subList(0, at))
                + " is "
                + other.describe()
                + " and holds no '"
                + step
                + "'",
            "end the path at what is to be changed");
        yield node;
      }
    };
  }

  private Node putKey(MapNode map, List<String> steps, int at, Problems problems) {
    String step = steps.get(at);
    Entry old = map.entries().get(step);
    Node inner = old == null ? new ScalarNode(stepMark(steps, at), null, "", false) : old.value();
    Mark key = old == null || at == steps.size() - 1 ? stepMark(steps, at) : old.key();
    SequencedMap<String, Entry> entries = new LinkedHashMap<>(map.entries());
    entries.put(step, new Entry(key, put(inner, steps, at + 1, problems)));
    return new MapNode(map.mark(), entries);
  }

  private Node putItem(ListNode list, List<String> steps, int at, Problems problems) {
    Optional<Integer> index = index(list, steps.get(at));
    if (index.isEmpty()) {
      List<String> names = list.items().stream().flatMap(item -> name(item).stream()).toList();
      String where = String.join(".", steps.subList(0, at));
      problems.add(
          stepMark(steps, at),
          (where.isEmpty() ? "the file" : where) + " has no item '" + steps.get(at) + "'",
          Suggestion.of(steps.get(at), names).map(w -> "did you mean '" + w + "'? ").orElse("")
              + "items: "
              + (names.isEmpty() ? "" : String.join(", ", names) + ", or ")
              + "an index from 0 to "
              + (list.items().size() - 1));
      return list;
    }
    List<Node> items = new ArrayList<>(list.items());
    items.set(index.get(), put(items.get(index.get()), steps, at + 1, problems));
    return new ListNode(list.mark(), items);
  }

  private static Optional<Integer> index(ListNode list, String step) {
    for (int i = 0; i < list.items().size(); i++) {
      if (name(list.items().get(i)).filter(step::equals).isPresent()) {
        return Optional.of(i);
      }
    }
    boolean number = step.length() <= 6 && step.chars().allMatch(c -> c >= '0' && c <= '9');
    return number && Integer.parseInt(step) < list.items().size()
        ? Optional.of(Integer.valueOf(step))
        : Optional.empty();
  }

  /** What a list item goes by in a path. */
  private static Optional<String> name(Node item) {
    return switch (item) {
      case ScalarNode word when word.value() instanceof String text -> Optional.of(text);
      case MapNode map when map.get("name") instanceof ScalarNode name && name.value() != null ->
          Optional.of(name.text());
      case MapNode map when map.get("id") instanceof ScalarNode id && id.value() != null ->
          Optional.of(id.text());
      default -> Optional.empty();
    };
  }

  private Mark stepMark(List<String> steps, int at) {
    int offset = steps.subList(0, at).stream().mapToInt(step -> step.length() + 1).sum();
    return mark.part(offset, steps.get(at).length());
  }
}
