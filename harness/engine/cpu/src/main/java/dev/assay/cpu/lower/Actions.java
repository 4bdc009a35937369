package dev.assay.cpu.lower;

import dev.assay.cpu.lower.Block.Action;
import dev.assay.cpu.lower.Block.Value;
import dev.assay.cpu.memory.Memory;
import dev.assay.cpu.vector.Loops;
import dev.assay.tensor.DType;
import dev.assay.tensor.Op;
import org.jspecify.annotations.Nullable;

/** Instructions of a tile as vector loops over a block. */
final class Actions {
  private static final long BYTES = DType.BYTES;

  private Actions() {}

  static final class Unary extends Action {
    private final Op.UnaryFn fn;
    private final Value dst;
    private final Value a;

    Unary(boolean byRow, Op.UnaryFn fn, Value dst, Value a) {
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

  static final class Binary extends Action {
    private final Op.BinaryFn fn;
    private final Value dst;
    private final Value a;
    private final Value b;

    Binary(boolean byRow, Op.BinaryFn fn, Value dst, Value a, Value b) {
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
  static final class Ternary extends Action {
    private final boolean fma;
    private final Value dst;
    private final Value a;
    private final Value b;
    private final Value c;

    Ternary(boolean byRow, boolean fma, Value dst, Value a, Value b, Value c) {
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

  static final class Cast extends Action {
    private final DType to;
    private final Value dst;
    private final Value a;

    Cast(boolean byRow, DType to, Value dst, Value a) {
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
  static final class Reduce extends Action {
    private final Op.ReduceFn fn;
    private final Value dst;
    private final Value a;
    private final @Nullable Value b;

    Reduce(Op.ReduceFn fn, Value dst, Value a, @Nullable Value b) {
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
        Loops.reduceRows(fn, rows, columns, to, x, a.rowStride(), a.columnStride(), false);
      } else {
        long y = b.address(row, column, scratch);
        Loops.dotRows(
            rows,
            columns,
            to,
            x,
            a.rowStride(),
            a.columnStride(),
            y,
            b.rowStride(),
            b.columnStride(),
            false);
      }
    }
  }

  /** Copies between a value and a view whose strides no value can have. */
  static final class Strided extends Action {
    private final Panels panels;
    private final Value value;
    private final boolean store;

    Strided(Panels panels, Value value, boolean store) {
      super(false);
      this.panels = panels;
      this.value = value;
      this.store = store;
    }

    @Override
    void apply(int rows, int columns, int row, int column, long scratch) {
      int width = value.row() ? 1 : columns;
      panels.copy(
          row,
          rows,
          value.row() ? 0 : column,
          width,
          value.address(row, column, scratch),
          value.rowStride(),
          value.row() ? 0 : value.columnStride(),
          store);
    }
  }

  /** Copies a value to where it is stored with even strides. */
  static final class Store extends Action {
    private final Value dst;
    private final Value a;

    Store(boolean byRow, Value dst, Value a) {
      super(byRow);
      this.dst = dst;
      this.a = a;
    }

    @Override
    void apply(int rows, int columns, int row, int column, long scratch) {
      long from = a.address(row, column, scratch);
      long to = dst.address(row, column, scratch);
      if (byRow && a.rowStride() == 1) {
        Memory.copy(from, to, columns * BYTES);
      } else {
        Loops.copy(rows, columns, to, rowStride(dst), from, rowStride(a), columnStride(a));
      }
    }
  }
}
