package dev.assay.data.text;

import dev.assay.data.text.WordTokenizer.Cut;
import dev.assay.spi.Tokenizer;
import dev.assay.spi.TokenizerSpec;
import java.util.List;

/** Makes tokenizers. */
public final class Tokenizers {
  private Tokenizers() {}

  /** A tokenizer for texts whose characters all occur in the training text. */
  public static Tokenizer create(TokenizerSpec spec, List<String> train) {
    return create(spec, train, List.of());
  }

  /**
   * A tokenizer whose vocabulary comes from the training text alone.
   *
   * @param train training texts
   * @param heldOut texts to be scored later. Of them it only matters whether {@code char} needs an
   *     unknown token
   */
  public static Tokenizer create(TokenizerSpec spec, List<String> train, List<String> heldOut) {
    return switch (spec.scheme()) {
      case BYTE -> new ByteTokenizer();
      case CHAR -> CharTokenizer.of(train, heldOut);
      case WORD -> WordTokenizer.train(Cut.WORD, train, spec.minimumCount());
      case SPACED -> WordTokenizer.train(Cut.SPACED, train, spec.minimumCount());
      case BPE -> BpeTokenizer.train(train, spec.vocabulary());
      case WORDPIECE -> WordPieceTokenizer.train(train, spec.vocabulary());
      case UNIGRAM -> UnigramTokenizer.train(train, spec.vocabulary());
    };
  }

  /**
   * The tokenizer of a {@link Tokenizer#definition}.
   *
   * @throws IllegalArgumentException if its rules are of no tokenizer or version known here
   */
  public static Tokenizer of(List<String> definition) {
    String rules = definition.isEmpty() ? "" : definition.getFirst();
    return switch (rules) {
      case ByteTokenizer.RULES -> new ByteTokenizer();
      case CharTokenizer.RULES, CharTokenizer.WITH_UNKNOWN -> CharTokenizer.of(definition);
      case WordTokenizer.WORD_RULES -> WordTokenizer.of(Cut.WORD, definition);
      case WordTokenizer.SPACED_RULES -> WordTokenizer.of(Cut.SPACED, definition);
      case BpeTokenizer.RULES -> BpeTokenizer.of(definition);
      case WordPieceTokenizer.RULES -> WordPieceTokenizer.of(definition);
      case UnigramTokenizer.RULES -> UnigramTokenizer.of(definition);
      default -> throw new IllegalArgumentException("no tokenizer has the rules '" + rules + "'");
    };
  }
}
