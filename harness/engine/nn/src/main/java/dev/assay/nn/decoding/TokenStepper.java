package dev.assay.nn.decoding;

/**
 * A model of token sequences that keeps what it has seen and is fed one token per row. A row's
 * logits depend on that row's tokens, and on what its sequence was begun with, alone.
 */
public interface TokenStepper {
  /** Sequences side by side. */
  int rows();

  /** Tokens that a row can hold. */
  int context();

  /** Logits per row: the choices for the next token. */
  int choices();

  /**
   * Says which of the wanted sequences a row is about to hold, before its first token. Of meaning
   * to models that read something beside the sequence itself.
   *
   * @param sequence place in the list of wanted sequences
   */
  default void begin(int row, int sequence) {}

  /**
   * Puts one token at a position of each row and gives the logits of the token that follows it.
   * What the row held at this position and beyond is forgotten.
   *
   * @param tokens one per row
   * @param positions one per row: 0, or one more than in the row's last step
   * @param logits filled with rows · choices numbers
   */
  void step(int[] tokens, int[] positions, float[] logits);

  /**
   * Each row takes over what another one holds, all at once.
   *
   * @param sources row r becomes what row sources[r] was
   */
  void copy(int[] sources);
}
