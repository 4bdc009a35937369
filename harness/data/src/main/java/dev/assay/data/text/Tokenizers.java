package dev.assay.data.text;

import dev.assay.spi.Tokenizer;
import java.util.List;

/** Makes tokenizers by kind. */
public final class Tokenizers {
  /** The kinds that {@link #create} knows. */
  public static final List<String> KINDS = List.of("byte", "char", "word");

  private Tokenizers() {}

  /** A tokenizer for texts whose characters all occur in the training text. */
  public static Tokenizer create(String kind, List<String> train) {
    return create(kind, train, List.of());
  }

  /**
   * A tokenizer whose vocabulary comes from the training text alone.
   *
   * @param kind one of {@link #KINDS}: {@link ByteTokenizer}, {@link CharTokenizer} or {@link
   *     WordTokenizer}
   * @param train training texts
   * @param heldOut texts to be scored later. Of them it only matters whether they need an unknown
   *     token
   * @throws IllegalArgumentException if there is no such kind
   */
  public static Tokenizer create(String kind, List<String> train, List<String> heldOut) {
    return switch (kind) {
      case "byte" -> new ByteTokenizer();
      case "char" -> CharTokenizer.of(train, heldOut);
      case "word" -> WordTokenizer.of(train);
      default ->
          throw new IllegalArgumentException(
              "unknown tokenizer '" + kind + "'; choices: " + String.join(", ", KINDS));
    };
  }
}
