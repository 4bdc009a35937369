package dev.assay.data.text;

/** Checks shared by the tokenizers. */
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
}
