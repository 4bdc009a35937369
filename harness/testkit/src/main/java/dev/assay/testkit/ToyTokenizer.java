package dev.assay.testkit;

import dev.assay.spi.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A tokenizer over the symbols of a toy text, in sorted order, the end last. Symbols are
 * characters, or words together with the single blanks between them; there is no unknown symbol.
 * Bytes are held as characters U+0000 to U+00FF.
 */
public final class ToyTokenizer implements Tokenizer {
  private static final List<String> KINDS = List.of("byte", "char", "word");

  private final String kind;
  private final List<String> symbols;
  private final Map<String, Integer> index = new HashMap<>();

  private ToyTokenizer(String kind, List<String> symbols) {
    this.kind = kind;
    this.symbols = List.copyOf(symbols);
    for (String symbol : symbols) {
      index.put(symbol, index.size());
    }
  }

  /**
   * @param kind {@code byte}, {@code char} or {@code word}
   * @param texts what it must be able to encode
   * @throws IllegalArgumentException for another kind
   */
  public static ToyTokenizer of(String kind, List<String> texts) {
    if (!KINDS.contains(kind)) {
      throw new IllegalArgumentException(
          "unknown tokenizer '" + kind + "'; choices: " + String.join(", ", KINDS));
    }
    Stream<String> symbols =
        kind.equals("byte")
            ? Stream.iterate(0, i -> i < 256, i -> i + 1).map(ToyTokenizer::symbol)
            : texts.stream().flatMap(text -> symbols(kind, text)).distinct().sorted();
    return new ToyTokenizer(kind, symbols.toList());
  }

  @Override
  public String kind() {
    return kind;
  }

  @Override
  public int size() {
    return symbols.size() + 1;
  }

  @Override
  public int end() {
    return symbols.size();
  }

  @Override
  public int[] encode(String text) {
    return symbols(kind, text).mapToInt(this::token).toArray();
  }

  @Override
  public String decode(int[] tokens) {
    String joined =
        Arrays.stream(tokens)
            .filter(token -> token != PADDING && token != end())
            .mapToObj(symbols::get)
            .collect(Collectors.joining());
    return kind.equals("byte")
        ? new String(joined.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)
        : joined;
  }

  @Override
  public String hash() {
    try {
      String all = kind + "\n" + String.join("\n", symbols);
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every JDK has SHA-256", impossible);
    }
  }

  private int token(String symbol) {
    Integer token = index.get(symbol);
    if (token == null) {
      throw new IllegalArgumentException(
          "'" + symbol + "' is not in the toy vocabulary " + symbols);
    }
    return token;
  }

  private static Stream<String> symbols(String kind, String text) {
    return switch (kind) {
      case "byte" -> {
        List<String> bytes = new ArrayList<>();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
          bytes.add(symbol(b & 0xFF));
        }
        yield bytes.stream();
      }
      case "char" -> text.codePoints().mapToObj(Character::toString);
      default -> Arrays.stream(text.split("(?<= )|(?= )", -1)).filter(word -> !word.isEmpty());
    };
  }

  private static String symbol(int value) {
    return Character.toString(value);
  }
}
