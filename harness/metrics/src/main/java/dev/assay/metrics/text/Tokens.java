package dev.assay.metrics.text;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Ways to cut a segment into tokens before it is scored; {@code id} stands in signatures. */
public enum Tokens {
  /** At white space only. */
  NONE("none") {
    @Override
    String spaced(String segment) {
      return segment;
    }
  },
  /** mteval-v13a: punctuation apart, but inside numbers. */
  MTEVAL_13A("13a") {
    @Override
    String spaced(String segment) {
      String line = segment.replace("<skipped>", "").replace("-\n", "").replace('\n', ' ');
      line =
          line.replace("&quot;", "\"")
              .replace("&amp;", "&")
              .replace("&lt;", "<")
              .replace("&gt;", ">");
      line = SYMBOL.matcher(" " + line + " ").replaceAll(" $1 ");
      line = STOP_AFTER_NON_DIGIT.matcher(line).replaceAll("$1 $2 ");
      line = STOP_BEFORE_NON_DIGIT.matcher(line).replaceAll(" $1 $2");
      return DASH_AFTER_DIGIT.matcher(line).replaceAll("$1 $2 ");
    }
  },
  /** mteval-v14 international: Unicode punctuation apart but beside numbers, symbols apart. */
  INTERNATIONAL("intl") {
    @Override
    String spaced(String segment) {
      String line = PUNCTUATION_AFTER.matcher(segment).replaceAll("$1 $2 ");
      line = PUNCTUATION_BEFORE.matcher(line).replaceAll(" $1 $2");
      return UNICODE_SYMBOL.matcher(line).replaceAll(" $1 ");
    }
  },
  /** Every character a token, white space left out. */
  CHARACTERS("char") {
    @Override
    String spaced(String segment) {
      return String.join(" ", characters(segment));
    }
  };

  private static final Pattern SPACE = Pattern.compile("(?U)\\s+");
  private static final Pattern SYMBOL = Pattern.compile("([{-~\\[-` -&(-+:-@/])");
  private static final Pattern STOP_AFTER_NON_DIGIT = Pattern.compile("([^0-9])([.,])");
  private static final Pattern STOP_BEFORE_NON_DIGIT = Pattern.compile("([.,])([^0-9])");
  private static final Pattern DASH_AFTER_DIGIT = Pattern.compile("([0-9])(-)");
  private static final Pattern PUNCTUATION_AFTER = Pattern.compile("(\\P{N})(\\p{P})");
  private static final Pattern PUNCTUATION_BEFORE = Pattern.compile("(\\p{P})(\\P{N})");
  private static final Pattern UNICODE_SYMBOL = Pattern.compile("(\\p{S})");

  private final String id;

  Tokens(String id) {
    this.id = id;
  }

  public String id() {
    return id;
  }

  /** The tokens of a segment. */
  public List<String> of(String segment) {
    return words(spaced(segment.stripTrailing()));
  }

  /** The way with this id. */
  public static Tokens named(String id) {
    for (Tokens tokens : values()) {
      if (tokens.id.equals(id)) {
        return tokens;
      }
    }
    throw new IllegalArgumentException("tokens '%s'; choose none, 13a, intl or char".formatted(id));
  }

  abstract String spaced(String segment);

  /** The parts of a text between white space. */
  public static List<String> words(String text) {
    String stripped = text.strip();
    return stripped.isEmpty() ? List.of() : List.of(SPACE.split(stripped));
  }

  /** The code points of a text, each a string. */
  public static List<String> characters(String text) {
    return text.codePoints().mapToObj(Character::toString).toList();
  }

  static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
