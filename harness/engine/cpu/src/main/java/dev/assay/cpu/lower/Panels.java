package dev.assay.cpu.lower;

import dev.assay.cpu.vector.Loops;
import dev.assay.tensor.DType;

/**
 * A strided view over an index space of rows × columns, copied from or to a block panel by panel:
 * the largest pieces in which rows and columns have one stride each.
 */
final class Panels {
  private final long base;
  private final int[] rowDims;
  private final int[] rowStrides;
  private final int[] columnDims;
  private final int[] columnStrides;

  /**
   * Dims and strides of rows and columns are collapsed by the caller; each has at least one axis.
   */
  Panels(long base, int[] rowDims, int[] rowStrides, int[] columnDims, int[] columnStrides) {
    this.base = base;
    this.rowDims = rowDims;
    this.rowStrides = rowStrides;
    this.columnDims = columnDims;
    this.columnStrides = columnStrides;
  }

  /**
   * Copies rows {@code row} … and columns {@code column} … of the view to the block at {@code
   * block} (element strides {@code blockRow}, {@code blockColumn}), or, with {@code store}, back.
   */
  void copy(
      int row,
      int rows,
      int column,
      int columns,
      long block,
      int blockRow,
      int blockColumn,
      boolean store) {
    int lastRows = rowDims[rowDims.length - 1];
    int lastColumns = columnDims[columnDims.length - 1];
    int doneRows = 0;
    while (doneRows < rows) {
      int r = row + doneRows;
      int heightLeft = lastRows - r % lastRows;
      int height = Math.min(heightLeft, rows - doneRows);
      long rowOffset = offset(r, rowDims, rowStrides);
      int doneColumns = 0;
      while (doneColumns < columns) {
        int c = column + doneColumns;
        int width = Math.min(lastColumns - c % lastColumns, columns - doneColumns);
        long view = base + (rowOffset + offset(c, columnDims, columnStrides)) * DType.BYTES;
        long place =
            block + ((long) doneRows * blockRow + (long) doneColumns * blockColumn) * DType.BYTES;
        panel(
            height,
            width,
            view,
            rowStrides[rowStrides.length - 1],
            columnStrides[columnStrides.length - 1],
            place,
            blockRow,
            blockColumn,
            store);
        doneColumns += width;
      }
      doneRows += height;
    }
  }

  private static void panel(
      int rows,
      int columns,
      long view,
      int viewRow,
      int viewColumn,
      long block,
      int blockRow,
      int blockColumn,
      boolean store) {
    if (!store) {
      Loops.copyStrided(rows, columns, block, blockRow, view, viewRow, viewColumn);
    } else if (viewColumn == 1 || columns == 1) {
      Loops.copyStrided(rows, columns, view, viewRow, block, blockRow, blockColumn);
    } else {
      for (int r = 0; r < rows; r++) {
        Loops.copyStrided(
            columns,
            1,
            view + (long) r * viewRow * DType.BYTES,
            viewColumn,
            block + (long) r * blockRow * DType.BYTES,
            blockColumn,
            1);
      }
    }
  }

  private static long offset(int index, int[] dims, int[] strides) {
    long offset = 0;
    int rest = index;
    for (int i = dims.length - 1; i >= 0; i--) {
      offset += (long) (rest % dims[i]) * strides[i];
      rest /= dims[i];
    }
    return offset;
  }
}
