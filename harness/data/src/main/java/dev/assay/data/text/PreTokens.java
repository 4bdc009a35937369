package dev.assay.data.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * GPT-2's cut of text before merging: the matches, from left to right, of {@code
 * 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+}. They cover the text.
 * Radford et al. 2019, §2.2, and its code.
 */
final class PreTokens {
  private static final byte SPACE = 0;
  private static final byte LETTER = 1;
  private static final byte NUMBER = 2;
  private static final byte OTHER = 3;

  private static final int ASCII = 128;
  private static final byte[] CLASSES = new byte[ASCII];

  static {
    for (int c = 0; c < ASCII; c++) {
      CLASSES[c] = slowClass(c);
    }
  }

  private PreTokens() {}

  /** Where the pre-token that begins at {@code from} ends. */
  static int end(String text, int from) {
    char c = text.charAt(from);
    if (c == '\'') {
      int contraction = contraction(text, from);
      if (contraction > 0) {
        return from + contraction;
      }
    }
    int start = c == ' ' && from + 1 < text.length() ? from + 1 : from;
    byte kind = kind(text.codePointAt(start));
    if (kind != SPACE) {
      return run(text, start, kind);
    }
    int end = run(text, from, SPACE);
    return end == text.length() || end == from + 1 ? end : end - 1;
  }

  /** The distinct pre-tokens and how often each occurs. */
  static Map<String, Integer> count(List<String> texts) {
    Map<String, Integer> counts = new HashMap<>();
    for (String text : texts) {
      for (int from = 0; from < text.length(); ) {
        int end = end(text, from);
        counts.merge(text.substring(from, end), 1, Integer::sum);
        from = end;
      }
    }
    return counts;
  }

  /** All pre-tokens, in order. */
  static List<String> of(String text) {
    List<String> parts = new ArrayList<>();
    for (int from = 0; from < text.length(); ) {
      int end = end(text, from);
      parts.add(text.substring(from, end));
      from = end;
    }
    return parts;
  }

  /** Length of a contraction that begins here; 0 if there is none. */
  private static int contraction(String text, int from) {
    if (from + 1 == text.length()) {
      return 0;
    }
    return switch (text.charAt(from + 1)) {
      case 's', 't', 'm', 'd' -> 2;
      case 'r' -> text.startsWith("re", from + 1) ? 3 : 0;
      case 'v' -> text.startsWith("ve", from + 1) ? 3 : 0;
      case 'l' -> text.startsWith("ll", from + 1) ? 3 : 0;
      default -> 0;
    };
  }

  private static int run(String text, int from, byte kind) {
    int at = from;
    while (at < text.length()) {
      int c = text.codePointAt(at);
      if (kind(c) != kind) {
        break;
      }
      at += Character.charCount(c);
    }
    return at;
  }

  private static byte kind(int c) {
    return c < ASCII ? CLASSES[c] : slowClass(c);
  }

  private static byte slowClass(int c) {
    if (Character.isLetter(c)) {
      return LETTER;
    }
    return switch (Character.getType(c)) {
      case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER ->
          NUMBER;
      case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
          SPACE;
      default -> (c >= '\t' && c <= '\r') || c == '\u0085' ? SPACE : OTHER;
    };
  }
}
