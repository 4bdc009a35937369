package dev.assay.jcuda.lower;

import dev.assay.tensor.DType;
import org.jspecify.annotations.Nullable;

/**
 * How a large product on tensor cores is cut: its operands are first rounded to panels, rows of
 * stages of 64 bytes along the summed axis; a block makes 128 rows and {@code columns} columns.
 *
 * @param stages of a row of a panel
 * @param parts of the summed axis, where blocks are too few to keep a device busy
 * @param share stages of a part
 */
record Panels(int columns, int stages, int parts, int share) {
  static final int ROWS = 128;

  /** What the kernels hold in shared memory at once. */
  private static final int DEEP = 4;

  private static final int STAGE = 64;
  private static final int NARROW = 128;
  private static final int WIDE = 256;

  /** Rows and columns from which on rounding once costs less than rounding in every block. */
  private static final int LEAST = 256;

  /** Of the summed axis, so that the stages fill up. */
  private static final int LEAST_STAGES = 4;

  /** Blocks of the narrow kernel that keep a large device busy: two on each multiprocessor. */
  private static final int WANTED = 256;

  /** Of both panels; larger products round where they read. */
  private static final long MOST_BYTES = 1L << 30;

  private static final int MOST_PARTS = 32;
  private static final int LEAST_SHARE = 16;

  /**
   * For {@code layers} products of [rows, depth] and [depth, columns]; null if they are small, or
   * too large.
   */
  static @Nullable Panels of(int layers, int rows, int columns, int depth, Precision precision) {
    int stages = count(depth, STAGE / bytes(precision));
    if (!precision.tensorCores()
        || Math.min(rows, columns) < LEAST
        || stages < LEAST_STAGES
        || layers > MatMulWork.LAYERS
        || (long) layers * (rows + columns) * stages * STAGE > MOST_BYTES) {
      return null;
    }
    int down = count(rows, ROWS);
    long wide = (long) layers * down * count(columns, WIDE);
    boolean full = 2 * count(columns, WIDE) == count(columns, NARROW);
    if (full && 2 * wide >= WANTED) {
      return new Panels(WIDE, stages, 1, stages);
    }
    long blocks = (long) layers * down * count(columns, NARROW);
    int parts =
        (int) Math.clamp(WANTED / blocks, 1, Math.min(MOST_PARTS, 1 + stages / LEAST_SHARE));
    int share = count(stages, parts);
    return new Panels(NARROW, stages, count(stages, share), share);
  }

  /** Bytes of a rounded element. */
  static int bytes(Precision precision) {
    return precision == Precision.BF16 ? DType.BYTES / 2 : DType.BYTES;
  }

  /** Elements of a row of a panel. */
  int width(Precision precision) {
    return stages * STAGE / bytes(precision);
  }

  /** Of a panel, in bytes. */
  long bytes(int layers, int rows) {
    return (long) layers * rows * stages * STAGE;
  }

  int threads() {
    return columns;
  }

  int sharedBytes() {
    return DEEP * STAGE * (ROWS + columns);
  }

  static int count(int extent, int size) {
    return (extent + size - 1) / size;
  }
}
