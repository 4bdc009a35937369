package dev.assay.cpu.x86;

import dev.assay.cpu.memory.Memory;

/**
 * The argument of a tile's function: memory of its own while it runs, of longs first, then of
 * numbers that its traces keep, then of vectors that found no register.
 */
final class TileFrame {
  /** Rows left. */
  static final int ROWS = 0;

  /** Whole vectors of a row. */
  static final int VECTORS = 8;

  /** Lanes of what is left of a row, as a mask. */
  static final int MASK = 16;

  private static final int STREAMS = 24;
  private static final int LANES = VectorAssembler.BYTES / Float.BYTES;

  private TileFrame() {}

  /** Where the address of a stream stands. */
  static int stream(int number) {
    return STREAMS + Long.BYTES * number;
  }

  static void setExtents(long frame, int rows, int columns) {
    Memory.setLong(frame + ROWS, rows);
    Memory.setLong(frame + VECTORS, columns / LANES);
    Memory.setLong(frame + MASK, (1L << columns % LANES) - 1);
  }

  static void setStream(long frame, int number, long address) {
    Memory.setLong(frame + stream(number), address);
  }
}
