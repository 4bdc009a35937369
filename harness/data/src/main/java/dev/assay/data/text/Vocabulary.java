package dev.assay.data.text;

import dev.assay.spi.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the tokenizers share. */
final class Vocabulary {
  private Vocabulary() {}

  /** The token, if it is one. */
  static int check(int token, int size) {
    if (token < 0 || token >= size) {
      throw new IllegalArgumentException(
          "token " + token + " is outside a vocabulary of " + size + " tokens");
    }
    return token;
  }

  /** The tokens that stand for text. */
  static int[] ofText(Tokenizer tokenizer, int[] tokens) {
    return Arrays.stream(tokens)
        .filter(token -> token != Tokenizer.PADDING && token != tokenizer.end())
        .map(token -> check(token, tokenizer.size()))
        .toArray();
  }

  /** Rules, then entries. */
  static List<String> definition(String rules, List<String> entries) {
    List<String> definition = new ArrayList<>(entries.size() + 1);
    definition.add(rules);
    definition.addAll(entries);
    return List.copyOf(definition);
  }

  /** What follows the rules. */
  static List<String> entries(List<String> definition) {
    return definition.subList(1, definition.size());
  }
}
