package dev.assay.spi;

import java.util.List;

/**
 * Text as integers 0 … {@link #size} − 1. {@code decode(encode(text))} is the text where the scheme
 * promises it.
 */
public interface Tokenizer {
  /** Fills places that are no token; never fed to an embedding as a target. */
  int PADDING = -1;

  /** Such as {@code char}. */
  String kind();

  /** Number of tokens, {@link #end} included. */
  int size();

  /** The token before the first and after the last of a document. */
  int end();

  /**
   * Tokens of a text, without {@link #end}. Text outside the vocabulary becomes the scheme's
   * unknown token, if it has one.
   */
  int[] encode(String text);

  /** The text of tokens; {@link #end} and {@link #PADDING} are skipped. */
  String decode(int[] tokens);

  /**
   * All that makes this tokenizer: its rules and their version, then the vocabulary in order.
   * Tokenizers of equal definitions cut every text alike.
   */
  List<String> definition();

  /** SHA-256 of the definition, hexadecimal. */
  String hash();
}
