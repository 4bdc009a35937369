package dev.assay.plugins.transformer.decoding;

/**
 * A model of token sequences that keeps what it has seen and is fed one token per row. A row's
 * logits depend on that row's tokens alone.
 */
public interface TokenStepper {
  /** Sequences side by side. */
  int rows();

  /** Tokens that a row can hold. */
  int context();

  /** Logits per row: the choices for the next token. */
  int choices();

  /**
   * Puts one token at a position of each row and gives the logits of the token that follows it.
   * What the row held at this position and beyond is forgotten.
   *
   * @param tokens one per row
   * @param positions one per row, 0 … context − 1; those before it were put by earlier steps
   * @param logits filled with rows · choices numbers
   */
  void step(int[] tokens, int[] positions, float[] logits);
}
