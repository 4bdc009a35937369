package dev.assay.data.text;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The words that occur often enough, the commonest first, then {@code <unk>} for all others, then
 * the end.
 */
final class Words {
  static final String UNKNOWN = "<unk>";
  static final String NEWLINE = "\n";

  private final List<String> words;
  private final Map<String, Integer> tokenOf;

  Words(List<String> words) {
    this.words = List.copyOf(words);
    tokenOf = HashMap.newHashMap(words.size());
    for (int token = 0; token < words.size(); token++) {
      tokenOf.put(words.get(token), token);
    }
  }

  /**
   * @param split a text's words
   * @param minimum how often a word must occur
   */
  static Words of(List<String> texts, Function<String, Stream<String>> split, int minimum) {
    Map<String, Integer> counts = new HashMap<>();
    texts.forEach(text -> split.apply(text).forEach(word -> counts.merge(word, 1, Integer::sum)));
    counts.remove(UNKNOWN);
    return new Words(
        counts.entrySet().stream()
            .filter(entry -> entry.getValue() >= minimum)
            .sorted(
                Map.Entry.<String, Integer>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())))
            .map(Map.Entry::getKey)
            .toList());
  }

  List<String> all() {
    return words;
  }

  int size() {
    return words.size() + 2;
  }

  int end() {
    return words.size() + 1;
  }

  int token(String word) {
    return tokenOf.getOrDefault(word, words.size());
  }

  String word(int token) {
    return token == words.size() ? UNKNOWN : words.get(token);
  }
}
