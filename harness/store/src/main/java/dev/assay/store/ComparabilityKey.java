package dev.assay.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a number means. Numbers of equal keys may be ordered; numbers of different keys never stand
 * on one board.
 *
 * @param dataset id of the data
 * @param metric such as {@code nll}
 * @param kind such as {@code exact/mass}, {@code sample}, {@code measured}
 * @param direction {@code lower}, {@code higher} or {@code none}
 * @param signature {@code key:value} parts joined by {@code |}: version, number of samples, K,
 *     extractor, data variant and hash, as far as they apply
 */
public record ComparabilityKey(
    String dataset, String metric, String kind, String unit, String direction, String signature) {
  /** A fixed order of boards. */
  public static final Comparator<ComparabilityKey> ORDER =
      Comparator.comparing(ComparabilityKey::dataset)
          .thenComparing(ComparabilityKey::metric)
          .thenComparing(ComparabilityKey::kind)
          .thenComparing(ComparabilityKey::unit)
          .thenComparing(ComparabilityKey::signature)
          .thenComparing(ComparabilityKey::direction);

  /** What parts of a signature are called where people read them; others keep their own name. */
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("method", "way of scoring"),
          Map.entry("k", "K"),
          Map.entry("n", "number of samples"),
          Map.entry("held", "number of held-out points"),
          Map.entry("features", "feature extractor"),
          Map.entry("data", "data"),
          Map.entry("binarize", "binarisation"),
          Map.entry("test", "part of the test data"),
          Map.entry("sha", "hash of the test data"),
          Map.entry("tokenizer", "tokenizer"));

  private static final String ABSENT = "none";

  public static ComparabilityKey of(RunRecord record, MetricRow row) {
    return new ComparabilityKey(
        record.subject().dataset(),
        row.metric(),
        row.kind(),
        row.unit(),
        row.direction(),
        row.signature());
  }

  /**
   * Something in which two keys differ.
   *
   * @param what such as {@code binarisation}
   */
  public record Difference(String what, String first, String second) {
    @Override
    public String toString() {
      return what + " " + first + " ≠ " + second;
    }
  }

  /** Why numbers of two keys do not compare; empty if they do. */
  public List<Difference> differences(ComparabilityKey other) {
    Map<String, String> own = parts();
    Map<String, String> others = other.parts();
    Set<String> names = new LinkedHashSet<>(own.keySet());
    names.addAll(others.keySet());
    List<Difference> differences = new ArrayList<>();
    for (String name : names) {
      String first = own.getOrDefault(name, ABSENT);
      String second = others.getOrDefault(name, ABSENT);
      if (!first.equals(second)) {
        differences.add(new Difference(name, first, second));
      }
    }
    return differences;
  }

  /** The key's parts by the names that people read, such as {@code binarisation → stochastic}. */
  public Map<String, String> parts() {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("dataset", dataset);
    parts.put("metric", metric);
    parts.put("kind", kind.replaceFirst("/.*", ""));
    if (kind.indexOf('/') >= 0) {
      parts.put("measure", kind.replaceFirst(".*/", ""));
    }
    parts.put("unit", unit);
    parts.put("direction", direction);
    for (String part : signature.split("\\|")) {
      int colon = part.indexOf(':');
      if (colon > 0) {
        String name = part.substring(0, colon);
        parts.put(NAMES.getOrDefault(name, name), part.substring(colon + 1));
      } else if (part.matches("v\\d+")) {
        parts.put("version of the metric", part);
      } else if (!part.isEmpty()) {
        parts.put(part, "yes");
      }
    }
    return parts;
  }

  /** The value of a {@code key:value} part of the signature. */
  public Optional<String> signaturePart(String key) {
    return MetricRow.signaturePart(signature, key);
  }

  /**
   * Which variant of the dataset it is about: the parts of the signature that tell of data, such as
   * {@code data:mnist|binarize:static|sha:1f3a90c2}; empty for what is measured without it.
   */
  public String variant() {
    int at = ("|" + signature).indexOf("|data:");
    return at < 0 ? "" : signature.substring(at);
  }

  /** Whether it is a likelihood, in contrast to what samples or the clock say. */
  public boolean isLikelihood() {
    return kind.indexOf('/') >= 0;
  }

  /** Whether it is a time, a size or a count. */
  public boolean isMeasured() {
    return kind.equals("measured");
  }
}
