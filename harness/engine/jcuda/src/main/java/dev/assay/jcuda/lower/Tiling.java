package dev.assay.jcuda.lower;

/**
 * How a product is cut into blocks: squares of {@code size} results, and parts of the summed axis
 * where the squares are too few to keep a device busy.
 *
 * @param share elements of the summed axis in a part
 */
record Tiling(int size, int parts, int share) {
  static final int LARGE = 128;
  static final int MIDDLE = 64;
  private static final int SMALL = 32;

  /** Blocks that keep a large device busy. */
  private static final int WANTED = 96;

  private static final int LEAST_SHARE = 128;
  private static final int MOST_PARTS = 32;

  /** Of the summed axis that a kernel takes at once. */
  private static final int DEPTH = 16;

  /**
   * For {@code layers} products of [rows, depth] and [depth, columns].
   *
   * @param cut whether the summed axis may be cut
   * @param largest size that there are kernels for
   */
  static Tiling of(
      int layers, int rows, int columns, int depth, boolean cut, int largest, Precision precision) {
    int size = Math.min(largest, size(layers, rows, columns, precision));
    long blocks = blocks(layers, rows, columns, size);
    long wanted = Math.min(MOST_PARTS, WANTED / Math.max(1, blocks));
    int parts = cut ? (int) Math.max(1, Math.min(wanted, depth / LEAST_SHARE)) : 1;
    int share = (depth + parts - 1) / parts;
    share = (share + DEPTH - 1) / DEPTH * DEPTH;
    return new Tiling(size, Math.max(1, (depth + share - 1) / Math.max(1, share)), share);
  }

  private static int size(int layers, int rows, int columns, Precision precision) {
    if (blocks(layers, rows, columns, LARGE) >= WANTED && columns > MIDDLE && rows > MIDDLE) {
      return LARGE;
    }
    boolean narrow = rows <= SMALL || columns <= SMALL;
    return narrow && !precision.tensorCores() ? SMALL : MIDDLE;
  }

  private static long blocks(int layers, int rows, int columns, int size) {
    return (long) layers * count(rows, size) * count(columns, size);
  }

  private static int count(int extent, int size) {
    return (extent + size - 1) / size;
  }

  int blocksOf(int extent) {
    return count(extent, size);
  }
}
