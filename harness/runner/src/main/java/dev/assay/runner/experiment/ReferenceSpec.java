package dev.assay.runner.experiment;

import dev.assay.store.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What determines a reference row: data, metrics and how they are scored, but no model. */
public final class ReferenceSpec {
  /** Parts of a cell's code that take part. */
  private static final List<String> CODE = List.of("spi", "runner", "dataset", "preparation");

  private ReferenceSpec() {}

  /** The name of a reference on a board, which no model should have. */
  public static String name(Role role) {
    return switch (role) {
      case ATTAINABLE -> "reference: training data";
      case FLOOR -> "reference: columns alone";
      case MODEL -> throw new IllegalArgumentException("a model is no reference");
    };
  }

  /** As plain values, in the form of {@link Cell#spec}. */
  public static Map<String, Object> plain(Cell cell, Role role) {
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("reference", name(role));
    for (String key : List.of("data", "score", "metrics_code")) {
      Object value = cell.spec().get(key);
      if (value != null) {
        plain.put(key, value);
      }
    }
    Map<String, Object> code = new TreeMap<>();
    if (cell.spec().get("code") instanceof Map<?, ?> builds) {
      CODE.forEach(part -> code.put(part, String.valueOf(builds.get(part))));
    }
    plain.put("code", code);
    return plain;
  }

  /** Hash of {@link #plain}. */
  public static String id(Map<String, Object> plain) {
    return PlainJson.hash(plain, CellSpec.DIGITS);
  }
}
