package dev.assay.cpu.lower;

import dev.assay.cpu.vector.Loops;
import dev.assay.tensor.DType;
import dev.assay.tensor.plan.Kernel;

/**
 * A reduction over a middle axis: rows of a block are middle elements, unless there are no columns.
 */
final class ReduceStep implements Step {
  private static final int COLUMN_TILE = 1024;

  private final Kernel.ReduceMiddle kernel;
  private final Block block;
  private final long out;
  private final int tileColumns;
  private final int across;

  ReduceStep(Kernel.ReduceMiddle kernel, Addresses addresses) {
    this(kernel, addresses, true);
  }

  /**
   * @param fused as {@link Block} has it
   */
  ReduceStep(Kernel.ReduceMiddle kernel, Addresses addresses, boolean fused) {
    this.kernel = kernel;
    int inner = kernel.columns() == 1 ? kernel.middle() : kernel.columns();
    int axes = kernel.dims().length;
    int covered = 1;
    while (axes > 0 && covered < inner) {
      covered *= kernel.dims()[--axes];
    }
    block = new Block(kernel.dims(), axes, false, kernel.code(), addresses, fused);
    out = addresses.of(kernel.out());
    tileColumns = kernel.columns() == 1 ? 1 : Math.min(kernel.columns(), COLUMN_TILE);
    across = (kernel.columns() + tileColumns - 1) / tileColumns;
  }

  @Override
  public int tiles(int phase) {
    return kernel.outer() * kernel.chunks() * across;
  }

  @Override
  public long scratchBytes() {
    return block.scratchBytes();
  }

  @Override
  public void run(int phase, int tile, long scratch) {
    int column = tile % across * tileColumns;
    int chunk = tile / across % kernel.chunks();
    int outer = tile / across / kernel.chunks();
    int from = chunk * kernel.chunk();
    int to = Math.min(kernel.middle(), from + kernel.chunk());
    long target =
        out + (((long) outer * kernel.chunks() + chunk) * kernel.columns() + column) * DType.BYTES;
    Block.Value value = block.last();
    if (kernel.columns() == 1) {
      for (int c = from; c < to; c += block.blockColumns) {
        int width = Math.min(block.blockColumns, to - c);
        block.run(outer, 1, c, width, scratch);
        Loops.reduceRows(
            kernel.fn(),
            1,
            width,
            target,
            value.address(outer, c, scratch),
            value.rowStride(),
            value.columnStride(),
            c > from);
      }
      return;
    }
    int last = Math.min(kernel.columns(), column + tileColumns);
    for (int c = column; c < last; c += block.blockColumns) {
      int width = Math.min(block.blockColumns, last - c);
      for (int r = from; r < to; r += block.blockRows) {
        int row = outer * kernel.middle() + r;
        int height = Math.min(block.blockRows, to - r);
        block.run(row, height, c, width, scratch);
        Loops.reduceColumns(
            kernel.fn(),
            height,
            width,
            target + (long) (c - column) * DType.BYTES,
            value.address(row, c, scratch),
            value.rowStride(),
            value.columnStride(),
            r > from);
      }
    }
  }
}
