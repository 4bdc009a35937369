package dev.assay.cpu.lower;

import dev.assay.tensor.plan.Kernel;

/** A fused elementwise kernel, with reductions along rows. */
final class TileStep implements Step {
  /** Elements of a tile at most, for kernels large enough to be shared out. */
  private static final int LARGEST = 32 * 1024;

  /** Elements of a tile at least: smaller ones would cost more to hand out than to compute. */
  private static final int SMALLEST = 2 * 1024;

  /** Tiles that a large kernel has at least. */
  private static final int FEWEST = 16;

  /** Elements of a line of the cache, of which tiles of part of a row are made. */
  private static final int LINE = 64 / Float.BYTES;

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
    int share =
        Math.clamp(
            (long) rows * columns / FEWEST, Math.min(size, SMALLEST), Math.max(size, LARGEST));
    int wanted = (share + LINE - 1) / LINE * LINE;
    tileColumns =
        block.blockColumns == columns
            ? columns
            : Math.min(columns, multiple(wanted, block.blockColumns));
    tileRows = Math.min(rows, multiple(Math.max(1, wanted / tileColumns), block.blockRows));
    across = (columns + tileColumns - 1) / tileColumns;
  }

  /** The largest multiple of a unit up to n, or n if it is less than the unit. */
  private static int multiple(int n, int unit) {
    return n < unit ? n : n / unit * unit;
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
