package dev.assay.cpu.kernel;

/**
 * Shares of a dense result that tiles compute apart, and a second phase that adds them in order. A
 * single share is the result itself.
 */
record Partials(int count, long size) {
  private static final int FLOATS_PER_TILE = 4096;

  int phases() {
    return count == 1 ? 1 : 2;
  }

  long workspaceBytes() {
    return count == 1 ? 0 : 4 * count * size;
  }

  /** Where share {@code index} is to be written. */
  long part(int index, long workspace, long result) {
    return count == 1 ? result : workspace + 4 * index * size;
  }

  /** Tiles of the second phase. */
  int tiles() {
    return (int) Math.ceilDiv(size, FLOATS_PER_TILE);
  }

  void sum(int tile, long workspace, long result) {
    long begin = (long) tile * FLOATS_PER_TILE;
    int n = (int) Math.min(FLOATS_PER_TILE, size - begin);
    Rows.sum(n, count, workspace + 4 * begin, 4 * size, result + 4 * begin);
  }
}
