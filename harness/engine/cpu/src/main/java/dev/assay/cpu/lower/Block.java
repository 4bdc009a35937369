package dev.assay.cpu.lower;

import dev.assay.tensor.plan.Kernel.Instr;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The code of a tile, ready to run on one block of rows × columns at a time: as one function of
 * machine code, or else as a vector loop for each instruction, values in between staying in
 * cache-sized slots of scratch memory. Loads with even strides are read where they are, and results
 * are made where they are stored.
 */
final class Block {
  /** Slots' total size that keeps a block in the first- and second-level cache, in elements. */
  private static final int BUDGET = 24 * 1024;

  private static final int LEAST = 1024;
  private static final int MOST = 4096;

  /** Rows of a full block. */
  final int blockRows;

  /** Columns of a full block. */
  final int blockColumns;

  private final Placement.Plan plan;

  /**
   * @param dims the index space
   * @param rowAxes how many leading axes number the rows
   * @param whole whether a block must hold whole rows
   * @param addresses of the buffers
   * @param fused whether machine code runs the code where it can; results are the same
   */
  Block(
      int[] dims,
      int rowAxes,
      boolean whole,
      List<Instr> code,
      Addresses addresses,
      boolean fused) {
    int rows = product(dims, 0, rowAxes);
    int columns = product(dims, rowAxes, dims.length);
    Usage usage = new Usage(code);
    Places places = new Places(dims, rowAxes, addresses);
    Layout layout = new Layout(code, usage, places);
    // the size decides the order of sums, so it must not depend on the machine
    int capacity = Math.clamp(BUDGET / Math.max(1, layout.slots()), LEAST, MOST);
    blockColumns = whole ? columns : Math.min(columns, capacity);
    blockRows = Math.min(rows, Math.max(1, capacity / Math.max(1, blockColumns)));
    Optional<Placement> machine =
        fused ? Fused.of(code, usage, places, whole, columns, layout) : Optional.empty();
    plan = machine.orElse(layout).place(blockRows, blockColumns);
  }

  long scratchBytes() {
    return plan.scratchBytes();
  }

  /** Runs the code on rows {@code row} … and columns {@code column} …, at most a full block. */
  void run(int row, int rows, int column, int columns, long scratch) {
    for (Action action : plan.actions()) {
      action.run(row, rows, column, columns, scratch);
    }
  }

  /** The place of the code's last value while a block is at hand. */
  Value last() {
    return plan.last();
  }

  static int product(int[] dims, int from, int to) {
    int product = 1;
    for (int i = from; i < to; i++) {
      product *= dims[i];
    }
    return product;
  }

  /**
   * Where a value lies: element (r, c) of the block at {@code address + (r · rowStride + c ·
   * columnStride)} elements.
   *
   * @param row one element per row
   * @param rowBytes bytes from one row of the index space to the next, 0 in scratch
   * @param columnBytes bytes from one column of the index space to the next, 0 in scratch
   */
  record Value(
      boolean row,
      boolean inScratch,
      long base,
      long rowBytes,
      long columnBytes,
      int rowStride,
      int columnStride) {
    long address(int firstRow, int firstColumn, long scratch) {
      return (inScratch ? scratch : 0) + base + firstRow * rowBytes + firstColumn * columnBytes;
    }
  }

  /** One instruction. */
  abstract static class Action {
    /** Whether it works on row values: one line of as many elements as the block has rows. */
    final boolean byRow;

    Action(boolean byRow) {
      this.byRow = byRow;
    }

    final void run(int row, int rows, int column, int columns, long scratch) {
      if (byRow) {
        apply(1, rows, row, column, scratch);
      } else {
        apply(rows, columns, row, column, scratch);
      }
    }

    abstract void apply(int rows, int columns, int row, int column, long scratch);

    /** Elements between rows of an operand, as this action sees it. */
    final int rowStride(Value value) {
      return byRow ? 0 : value.rowStride;
    }

    /** Elements between columns of an operand, as this action sees it: a row value is a line. */
    final int columnStride(Value value) {
      return byRow ? value.rowStride : value.columnStride;
    }
  }

  @Override
  public String toString() {
    return blockRows + "x" + blockColumns + " " + Arrays.toString(plan.actions());
  }
}
