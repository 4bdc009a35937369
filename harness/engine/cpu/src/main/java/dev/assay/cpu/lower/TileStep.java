package dev.assay.cpu.lower;

import dev.assay.tensor.plan.Kernel;

/** A fused elementwise kernel, with reductions along rows. */
final class TileStep implements Step {
  /** Elements of a tile at most, for kernels large enough to be shared out. */
  private static final int LARGEST = 32 * 1024;

  /** Tiles that a large kernel has at least. */
  private static final int FEWEST = 16;

  private final Block block;
  private final int rows;
  private final int columns;
  private final int tileRows;
  private final int tileColumns;
  private final int across;

  TileStep(Kernel.Tile tile, Addresses addresses) {
    this(tile, addresses, true);
  }

  /**
   * @param fused as {@link Block} has it
   */
  TileStep(Kernel.Tile tile, Addresses addresses, boolean fused) {
    rows = tile.rows();
    columns = tile.columns();
    block = new Block(tile.dims(), tile.rowAxes(), tile.reduces(), tile.code(), addresses, fused);
    int size = block.blockRows * block.blockColumns;
    long wanted = Math.clamp((long) rows * columns / FEWEST, size, Math.max(size, LARGEST));
    tileColumns =
        block.blockColumns == columns
            ? columns
            : (int) Math.min(columns, wanted / block.blockColumns * block.blockColumns);
    long blocks = Math.max(1, wanted / ((long) block.blockRows * tileColumns));
    tileRows = (int) Math.min(rows, blocks * block.blockRows);
    across = (columns + tileColumns - 1) / tileColumns;
  }

  /** Rows of the index space. */
  int rows() {
    return rows;
  }

  @Override
  public int tiles(int phase) {
    return across * ((rows + tileRows - 1) / tileRows);
  }

  @Override
  public long scratchBytes() {
    return block.scratchBytes();
  }

  @Override
  public void run(int phase, int tile, long scratch) {
    int row = tile / across * tileRows;
    int column = tile % across * tileColumns;
    run(
        row,
        Math.min(rows, row + tileRows),
        column,
        Math.min(columns, column + tileColumns),
        scratch);
  }

  private void run(int row, int lastRow, int column, int lastColumn, long scratch) {
    for (int r = row; r < lastRow; r += block.blockRows) {
      int height = Math.min(block.blockRows, lastRow - r);
      for (int c = column; c < lastColumn; c += block.blockColumns) {
        block.run(r, height, c, Math.min(block.blockColumns, lastColumn - c), scratch);
      }
    }
  }
}
