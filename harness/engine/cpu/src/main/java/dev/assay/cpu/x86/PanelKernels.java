package dev.assay.cpu.x86;

import dev.assay.cpu.x86.PanelKernel.Field;

/** Copies of matrices into panels of 32 columns, for {@link BlockKernels}. */
public final class PanelKernels {
  private static final int LANES = PanelKernel.LANES;

  /** Columns of a panel. */
  public static final int COLUMNS = PanelKernel.VECTORS * PanelKernel.LANES;

  /** Columns and rows of the most that {@link #copyBlock} copies at once. */
  public static final int BLOCK_COLUMNS = 256;

  public static final int BLOCK_ROWS = 512;

  /** Bytes from one panel of such a block to the next, unlike a power of two. */
  public static final int BLOCK_PANEL_BYTES = panelBytes(BLOCK_ROWS + LANES);

  /** Bytes of an argument. */
  public static final int ARGUMENT_BYTES = PanelKernel.ARGUMENT_BYTES;

  private final long[] plain = new long[BLOCK_COLUMNS / LANES + 1];
  private final long[] turned = new long[LANES + 1];

  PanelKernels() {
    for (int vectors = 1; vectors < plain.length; vectors++) {
      plain[vectors] = PanelKernel.plain(vectors, BLOCK_PANEL_BYTES);
    }
    for (int lines = 1; lines <= LANES; lines++) {
      turned[lines] = PanelKernel.turned(lines);
    }
  }

  /** Bytes that a panel of {@code rows} rows needs: turning writes whole squares. */
  public static int panelBytes(int rows) {
    return PanelKernel.ROW_BYTES * Math.ceilDiv(rows, LANES) * LANES;
  }

  /**
   * Copies [rows, columns], at most 512 × 256, into panels that lie {@link #BLOCK_PANEL_BYTES}
   * apart.
   *
   * @param stride floats from one row to the next
   * @param argument {@link #ARGUMENT_BYTES} of memory of the caller's thread
   */
  public void copyBlock(int columns, int rows, long from, int stride, long to, long argument) {
    int vectors = Math.ceilDiv(columns, LANES);
    Field.FROM.set(argument, from);
    Field.FROM_ROW.set(argument, (long) Float.BYTES * stride);
    Field.TO.set(argument, to);
    Field.COUNT.set(argument, rows);
    Field.MASK.set(argument, 0xFFFF >> (vectors * LANES - columns));
    MachineCode.call(plain[vectors], argument);
  }

  /** Turns [columns, rows] into one panel of at most 32 columns; else as {@link #copyBlock}. */
  public void turn(int columns, int rows, long from, int stride, long to, long argument) {
    long line = (long) Float.BYTES * stride;
    Field.FROM_ROW.set(argument, line);
    Field.COUNT.set(argument, rows / LANES);
    Field.MASK.set(argument, (1L << rows % LANES) - 1);
    for (int column = 0; column < columns; column += LANES) {
      Field.FROM.set(argument, from + column * line);
      Field.TO.set(argument, to + (long) Float.BYTES * column);
      MachineCode.call(turned[Math.min(LANES, columns - column)], argument);
    }
  }
}
