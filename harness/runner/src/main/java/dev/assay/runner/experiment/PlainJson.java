package dev.assay.runner.experiment;

import dev.assay.store.Digests;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes plain values as JSON: null, Boolean, Number, String, List and Map, nested. */
public final class PlainJson {
  private PlainJson() {}

  /**
   * The one text of a value: keys sorted, no spaces, numbers in Java's shortest form. Equal values
   * have equal texts.
   */
  public static String canonical(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  /** The first {@code digits} hexadecimal digits of the canonical text's SHA-256. */
  static String hash(Object value, int digits) {
    return Digests.ofText(canonical(value)).substring(0, digits);
  }

  /** For people: keys in their order, two spaces a level, flat lists on one line. */
  public static String pretty(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    pretty(value, "", out);
    return out.append('\n').toString();
  }

  private static void write(@Nullable Object value, StringBuilder out) {
    switch (value) {
      case null -> out.append("null");
      case String text -> quote(text, out);
      case Map<?, ?> map -> {
        SortedMap<String, Object> sorted = new TreeMap<>();
        map.forEach((key, item) -> sorted.put(String.valueOf(key), item));
        String before = "{";
        for (Map.Entry<String, Object> entry : sorted.entrySet()) {
          quote(entry.getKey(), out.append(before));
          write(entry.getValue(), out.append(':'));
          before = ",";
        }
        out.append(map.isEmpty() ? "{}" : "}");
      }
      case List<?> list -> {
        String before = "[";
        for (Object item : list) {
          write(item, out.append(before));
          before = ",";
        }
        out.append(list.isEmpty() ? "[]" : "]");
      }
      case Boolean _, Number _ -> out.append(value);
      default -> throw new IllegalArgumentException("no JSON for " + value.getClass());
    }
  }

  private static void pretty(@Nullable Object value, String margin, StringBuilder out) {
    switch (value) {
      case Map<?, ?> map when !map.isEmpty() -> {
        String before = "{\n";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          quote(String.valueOf(entry.getKey()), out.append(before).append(margin).append("  "));
          pretty(entry.getValue(), margin + "  ", out.append(": "));
          before = ",\n";
        }
        out.append('\n').append(margin).append('}');
      }
      case List<?> list when list.stream().anyMatch(PlainJson::isNested) -> {
        String before = "[\n";
        for (Object item : list) {
          pretty(item, margin + "  ", out.append(before).append(margin).append("  "));
          before = ",\n";
        }
        out.append('\n').append(margin).append(']');
      }
      case List<?> list -> {
        String before = "[";
        for (Object item : list) {
          write(item, out.append(before));
          before = ", ";
        }
        out.append(list.isEmpty() ? "[]" : "]");
      }
      case null, default -> write(value, out);
    }
  }

  private static boolean isNested(@Nullable Object value) {
    return value instanceof Map || value instanceof List;
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        default -> {
          if (c < 0x20) {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
