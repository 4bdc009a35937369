package dev.assay.bench.data;

/** A text cut into one part per row, read window by window, time first. */
public final class ConsecutiveWindows {
  private final int[] text;
  private final int length;
  private final int batch;
  private final int part;
  private final int[] tokens;
  private final int[] targets;
  private int position;

  /**
   * @param length tokens in a window
   * @param batch rows
   */
  public ConsecutiveWindows(int[] text, int length, int batch) {
    this.text = text;
    this.length = length;
    this.batch = batch;
    part = (text.length - 1) / batch;
    tokens = new int[length * batch];
    targets = new int[length * batch];
  }

  /** Moves on; true if the text was over and begins anew. */
  public boolean next() {
    boolean over = position + length > part;
    position = over ? 0 : position;
    for (int i = 0; i < tokens.length; i++) {
      int at = i % batch * part + position + i / batch;
      tokens[i] = text[at];
      targets[i] = text[at + 1];
    }
    position += length;
    return over;
  }

  /** [length, batch], overwritten by the next ones. */
  public int[] tokens() {
    return tokens;
  }

  /** The token after each, of the same shape. */
  public int[] targets() {
    return targets;
  }
}
