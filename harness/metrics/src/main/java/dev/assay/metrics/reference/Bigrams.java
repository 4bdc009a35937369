package dev.assay.metrics.reference;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;

/** Counts of pairs of characters of documents; one symbol stands for both their start and end. */
public final class Bigrams {
  /** The symbol before the first and behind the last character. */
  public static final int EDGE = -1;

  private final Map<Integer, Map<Integer, Integer>> counts = new HashMap<>();
  private final Map<Integer, Integer> predecessors = new HashMap<>();
  private final Set<Integer> symbols = new HashSet<>(Set.of(EDGE));
  private int pairs;

  /**
   * Counts pairs.
   *
   * @param alphabet characters that may be met, in training or later; those of the documents are
   *     added
   */
  public Bigrams(List<String> documents, Set<Integer> alphabet) {
    symbols.addAll(alphabet);
    for (String document : documents) {
      int[] text = edged(document);
      for (int i = 1; i < text.length; i++) {
        symbols.add(text[i]);
        Map<Integer, Integer> after = counts.computeIfAbsent(text[i - 1], _ -> new HashMap<>());
        if (after.merge(text[i], 1, Integer::sum) == 1) {
          predecessors.merge(text[i], 1, Integer::sum);
          pairs++;
        }
      }
    }
  }

  /** Symbols that may follow, the edge among them. */
  public int vocabulary() {
    return symbols.size();
  }

  /** (c(a, b) + k) / (c(a) + k V) (Lidstone 1920). */
  public double addK(int a, int b, double k) {
    return (count(a, b) + k) / (total(a) + k * vocabulary());
  }

  /**
   * Interpolated Kneser-Ney with one discount at both levels (Kneser and Ney 1995; Chen and Goodman
   * 1999), the lower level interpolated with the uniform distribution.
   */
  public double kneserNey(int a, int b, double discount) {
    double lower =
        (Math.max(predecessors.getOrDefault(b, 0) - discount, 0)
                + discount * predecessors.size() / vocabulary())
            / pairs;
    Map<Integer, Integer> after = counts.getOrDefault(a, Map.of());
    if (after.isEmpty()) {
      return lower;
    }
    double kept = Math.max(count(a, b) - discount, 0) / total(a);
    return kept + discount * after.size() / total(a) * lower;
  }

  /** Symbols to predict in documents: characters and one end each. */
  public static int predictions(List<String> documents) {
    return documents.stream().mapToInt(document -> edged(document).length - 1).sum();
  }

  /** Mean −ln p of all symbols, ends among them, under p(a, b) of b after a. */
  public static double nll(List<String> documents, ToDoubleBiFunction<Integer, Integer> p) {
    double sum = 0;
    for (String document : documents) {
      int[] text = edged(document);
      for (int i = 1; i < text.length; i++) {
        sum -= Math.log(p.applyAsDouble(text[i - 1], text[i]));
      }
    }
    return sum / predictions(documents);
  }

  private int count(int a, int b) {
    return counts.getOrDefault(a, Map.of()).getOrDefault(b, 0);
  }

  private int total(int a) {
    return counts.getOrDefault(a, Map.of()).values().stream().mapToInt(c -> c).sum();
  }

  private static int[] edged(String document) {
    IntStream edge = IntStream.of(EDGE);
    return IntStream.concat(edge, IntStream.concat(document.codePoints(), IntStream.of(EDGE)))
        .toArray();
  }
}
