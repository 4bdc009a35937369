package dev.assay.bench.data;

import dev.assay.tensor.RandomStream;

/** Windows of a text at random places, and the same windows one token later. */
public final class Windows {
  private final int[] text;
  private final int length;
  private final int[] tokens;
  private final int[] targets;

  /**
   * @param batch windows at once
   * @param length tokens in a window
   */
  public Windows(int[] text, int batch, int length) {
    this.text = text;
    this.length = length;
    tokens = new int[batch * length];
    targets = new int[batch * length];
  }

  /** Moves to new places. */
  public void next(RandomStream random) {
    for (int at = 0; at < tokens.length; at += length) {
      int from = random.nextInt(text.length - length);
      System.arraycopy(text, from, tokens, at, length);
      System.arraycopy(text, from + 1, targets, at, length);
    }
  }

  /** [batch, length], overwritten by the next ones. */
  public int[] tokens() {
    return tokens;
  }

  /** The token after each, of the same shape. */
  public int[] targets() {
    return targets;
  }
}
