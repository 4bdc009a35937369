package dev.assay.cpu.lower;

import dev.assay.cpu.memory.Memory;
import dev.assay.cpu.vector.Loops;
import dev.assay.tensor.DType;
import dev.assay.tensor.Op;
import dev.assay.tensor.plan.Kernel.Instr;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The code of a tile, ready to run on one block of rows × columns at a time. Each instruction is
 * one vector loop over the block; values in between stay in cache-sized slots of scratch memory.
 * Loads with even strides are read where they are, and results are made where they are stored.
 */
final class Block {
  private static final long BYTES = DType.BYTES;

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
        fused ? Fused.of(code, usage, places, whole, columns) : Optional.empty();
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

  static final class UnaryAction extends Action {
    private final Op.UnaryFn fn;
    private final Value dst;
    private final Value a;

    UnaryAction(boolean byRow, Op.UnaryFn fn, Value dst, Value a) {
      super(byRow);
      this.fn = fn;
      this.dst = dst;
      this.a = a;
      Loops.prepare(fn);
    }

    @Override
    void apply(int rows, int columns, int row, int column, long scratch) {
      Loops.unary(
          fn,
          rows,
          columns,
          dst.address(row, column, scratch),
          rowStride(dst),
          a.address(row, column, scratch),
          rowStride(a),
          columnStride(a));
    }
  }

  static final class BinaryAction extends Action {
    private final Op.BinaryFn fn;
    private final Value dst;
    private final Value a;
    private final Value b;

    BinaryAction(boolean byRow, Op.BinaryFn fn, Value dst, Value a, Value b) {
      super(byRow);
      this.fn = fn;
      this.dst = dst;
      this.a = a;
      this.b = b;
      Loops.prepare(fn);
    }

    @Override
    void apply(int rows, int columns, int row, int column, long scratch) {
      Loops.binary(
          fn,
          rows,
          columns,
          dst.address(row, column, scratch),
          rowStride(dst),
          a.address(row, column, scratch),
          rowStride(a),
          columnStride(a),
          b.address(row, column, scratch),
          rowStride(b),
          columnStride(b));
    }
  }

  /** a · b + c, or where a is not 0 then b else c. */
  static final class TernaryAction extends Action {
    private final boolean fma;
    private final Value dst;
    private final Value a;
    private final Value b;
    private final Value c;

    TernaryAction(boolean byRow, boolean fma, Value dst, Value a, Value b, Value c) {
      super(byRow);
      this.fma = fma;
      this.dst = dst;
      this.a = a;
      this.b = b;
      this.c = c;
      if (!fma) {
        Loops.prepareWhere();
      }
    }

    @Override
    void apply(int rows, int columns, int row, int column, long scratch) {
      long to = dst.address(row, column, scratch);
      long x = a.address(row, column, scratch);
      long y = b.address(row, column, scratch);
      long z = c.address(row, column, scratch);
      if (fma) {
        Loops.fma(
            rows,
            columns,
            to,
            rowStride(dst),
            x,
            rowStride(a),
            columnStride(a),
            y,
            rowStride(b),
            columnStride(b),
            z,
            rowStride(c),
            columnStride(c));
      } else {
        Loops.where(
            rows,
            columns,
            to,
            rowStride(dst),
            x,
            rowStride(a),
            columnStride(a),
            y,
            rowStride(b),
            columnStride(b),
            z,
            rowStride(c),
            columnStride(c));
      }
    }
  }

  static final class CastAction extends Action {
    private final DType to;
    private final Value dst;
    private final Value a;

    CastAction(boolean byRow, DType to, Value dst, Value a) {
      super(byRow);
      this.to = to;
      this.dst = dst;
      this.a = a;
      Loops.prepareCasts();
    }

    @Override
    void apply(int rows, int columns, int row, int column, long scratch) {
      long target = dst.address(row, column, scratch);
      long source = a.address(row, column, scratch);
      if (to == DType.F32) {
        Loops.toFloat(rows, columns, target, rowStride(dst), source, rowStride(a), columnStride(a));
      } else {
        Loops.toInt(rows, columns, target, rowStride(dst), source, rowStride(a), columnStride(a));
      }
    }
  }

  /** A row value from full operands: Σ a, max a, or Σ a · b. */
  static final class ReduceAction extends Action {
    private final Op.ReduceFn fn;
    private final Value dst;
    private final Value a;
    private final @org.jspecify.annotations.Nullable Value b;

    ReduceAction(Op.ReduceFn fn, Value dst, Value a, @org.jspecify.annotations.Nullable Value b) {
      super(false);
      this.fn = fn;
      this.dst = dst;
      this.a = a;
      this.b = b;
    }

    @Override
    void apply(int rows, int columns, int row, int column, long scratch) {
      long to = dst.address(row, column, scratch);
      long x = a.address(row, column, scratch);
      if (b == null) {
        Loops.reduceRows(fn, rows, columns, to, x, a.rowStride, a.columnStride, false);
      } else {
        long y = b.address(row, column, scratch);
        Loops.dotRows(
            rows,
            columns,
            to,
            x,
            a.rowStride,
            a.columnStride,
            y,
            b.rowStride,
            b.columnStride,
            false);
      }
    }
  }

  /** Copies between a value and a view whose strides no value can have. */
  static final class StridedAction extends Action {
    private final Panels panels;
    private final Value value;
    private final boolean store;

    StridedAction(Panels panels, Value value, boolean store) {
      super(false);
      this.panels = panels;
      this.value = value;
      this.store = store;
    }

    @Override
    void apply(int rows, int columns, int row, int column, long scratch) {
      int width = value.row ? 1 : columns;
      panels.copy(
          row,
          rows,
          value.row ? 0 : column,
          width,
          value.address(row, column, scratch),
          value.rowStride,
          value.row ? 0 : value.columnStride,
          store);
    }
  }

  /** Copies a value to where it is stored with even strides. */
  static final class StoreAction extends Action {
    private final Value dst;
    private final Value a;

    StoreAction(boolean byRow, Value dst, Value a) {
      super(byRow);
      this.dst = dst;
      this.a = a;
    }

    @Override
    void apply(int rows, int columns, int row, int column, long scratch) {
      long from = a.address(row, column, scratch);
      long to = dst.address(row, column, scratch);
      if (byRow && a.rowStride == 1) {
        Memory.copy(from, to, columns * BYTES);
      } else {
        Loops.copy(rows, columns, to, rowStride(dst), from, rowStride(a), columnStride(a));
      }
    }
  }

  @Override
  public String toString() {
    return blockRows + "x" + blockColumns + " " + Arrays.toString(plan.actions());
  }
}
