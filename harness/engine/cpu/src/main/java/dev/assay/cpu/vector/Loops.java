package dev.assay.cpu.vector;

import dev.assay.cpu.memory.Memory;
import dev.assay.tensor.Op.BinaryFn;
import dev.assay.tensor.Op.ReduceFn;
import dev.assay.tensor.Op.UnaryFn;
import dev.assay.tensor.RandomStream;
import java.lang.foreign.Arena;
import jdk.incubator.vector.FloatVector;

/**
 * Vector loops over a tile of rows × columns. An operand is an address, the elements from row to
 * row, and from column to column: 1, or 0 for one value per row. Results are contiguous along a
 * row. An element's result does not depend on its place in the tile; a row's sum depends on the
 * number of columns alone.
 */
public final class Loops {
  private static final long BYTES = 4;
  private static final long STEP = BYTES * Memory.LANES;

  /** Small memory of a thread: three vectors of repeated values, one for sums of lanes. */
  private static final class Own {
    static final long REPEATED = 64 * 4;
    final long address = Memory.allocate(Arena.global(), 4 * REPEATED);
    final int[] block = new int[4];

    long lanes() {
      return address + 3 * REPEATED;
    }

    /** A vector of the value at {@code from}, so that one loop serves repeated operands too. */
    long repeat(int operand, long from) {
      long to = address + operand * REPEATED;
      Memory.store(FloatVector.broadcast(Memory.FLOATS, Memory.getFloat(from)), to);
      return to;
    }
  }

  private static final ThreadLocal<Own> OWN = ThreadLocal.withInitial(Own::new);

  private Loops() {}

  /** Whether rows of an operand follow each other like one long row. */
  private static boolean even(int columns, int row, int column) {
    return row == column * columns;
  }

  /** dst = fn(a). */
  public static void unary(
      UnaryFn fn, int rows, int columns, long dst, int dstRow, long a, int aRow, int aColumn) {
    boolean flat = dstRow == columns && even(columns, aRow, aColumn);
    int lines = flat ? 1 : rows;
    int length = flat ? rows * columns : columns;
    Own own = OWN.get();
    for (int r = 0; r < lines; r++) {
      long x = a + BYTES * r * aRow;
      Lines.unary(
          fn,
          length,
          dst + BYTES * r * dstRow,
          aColumn == 0 ? own.repeat(0, x) : x,
          STEP * aColumn);
    }
  }

  /** dst = fn(a, b). */
  public static void binary(
      BinaryFn fn,
      int rows,
      int columns,
      long dst,
      int dstRow,
      long a,
      int aRow,
      int aColumn,
      long b,
      int bRow,
      int bColumn) {
    boolean flat =
        dstRow == columns && even(columns, aRow, aColumn) && even(columns, bRow, bColumn);
    int lines = flat ? 1 : rows;
    int length = flat ? rows * columns : columns;
    Own own = OWN.get();
    for (int r = 0; r < lines; r++) {
      long x = a + BYTES * r * aRow;
      long y = b + BYTES * r * bRow;
      Lines.binary(
          fn,
          length,
          dst + BYTES * r * dstRow,
          aColumn == 0 ? own.repeat(0, x) : x,
          STEP * aColumn,
          bColumn == 0 ? own.repeat(1, y) : y,
          STEP * bColumn);
    }
  }

  /** dst = a · b + c, rounded once. */
  public static void fma(
      int rows,
      int columns,
      long dst,
      int dstRow,
      long a,
      int aRow,
      int aColumn,
      long b,
      int bRow,
      int bColumn,
      long c,
      int cRow,
      int cColumn) {
    ternary(true, rows, columns, dst, dstRow, a, aRow, aColumn, b, bRow, bColumn, c, cRow, cColumn);
  }

  /** dst = b where a is not 0, else c. */
  public static void where(
      int rows,
      int columns,
      long dst,
      int dstRow,
      long a,
      int aRow,
      int aColumn,
      long b,
      int bRow,
      int bColumn,
      long c,
      int cRow,
      int cColumn) {
    ternary(
        false, rows, columns, dst, dstRow, a, aRow, aColumn, b, bRow, bColumn, c, cRow, cColumn);
  }

  private static void ternary(
      boolean fma,
      int rows,
      int columns,
      long dst,
      int dstRow,
      long a,
      int aRow,
      int aColumn,
      long b,
      int bRow,
      int bColumn,
      long c,
      int cRow,
      int cColumn) {
    boolean flat =
        dstRow == columns
            && even(columns, aRow, aColumn)
            && even(columns, bRow, bColumn)
            && even(columns, cRow, cColumn);
    int lines = flat ? 1 : rows;
    int length = flat ? rows * columns : columns;
    Own own = OWN.get();
    for (int r = 0; r < lines; r++) {
      long to = dst + BYTES * r * dstRow;
      long x = a + BYTES * r * aRow;
      long y = b + BYTES * r * bRow;
      long z = c + BYTES * r * cRow;
      x = aColumn == 0 ? own.repeat(0, x) : x;
      y = bColumn == 0 ? own.repeat(1, y) : y;
      z = cColumn == 0 ? own.repeat(2, z) : z;
      if (fma) {
        Lines.fma(length, to, x, STEP * aColumn, y, STEP * bColumn, z, STEP * cColumn);
      } else {
        Lines.where(length, to, x, STEP * aColumn, y, STEP * bColumn, z, STEP * cColumn);
      }
    }
  }

  /** dst = value. */
  public static void fill(int rows, int columns, long dst, int dstRow, float value) {
    boolean flat = dstRow == columns;
    int lines = flat ? 1 : rows;
    int length = flat ? rows * columns : columns;
    for (int r = 0; r < lines; r++) {
      Lines.fill(length, dst + BYTES * r * dstRow, value);
    }
  }

  /** dst = a, bit for bit. */
  public static void copy(
      int rows, int columns, long dst, int dstRow, long a, int aRow, int aColumn) {
    boolean flat = dstRow == columns && aColumn == 1 && aRow == columns;
    if (flat) {
      Memory.copy(a, dst, BYTES * rows * columns);
    } else {
      copyStrided(rows, columns, dst, dstRow, a, aRow, aColumn);
    }
  }

  /** dst = a, bit for bit, where a may have any element strides. */
  public static void copyStrided(
      int rows, int columns, long dst, int dstRow, long a, int aRow, int aColumn) {
    for (int r = 0; r < rows; r++) {
      long to = dst + BYTES * r * dstRow;
      long from = a + BYTES * r * aRow;
      if (aColumn == 1) {
        Lines.copy(columns, to, from);
      } else {
        for (int c = 0; c < columns; c++) {
          Memory.setInt(to + BYTES * c, Memory.getInt(from + BYTES * c * aColumn));
        }
      }
    }
  }

  /** Floats from ints. */
  public static void toFloat(
      int rows, int columns, long dst, int dstRow, long a, int aRow, int aColumn) {
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        int value = Memory.getInt(a + BYTES * ((long) r * aRow + (long) c * aColumn));
        Memory.setFloat(dst + BYTES * ((long) r * dstRow + c), value);
      }
    }
  }

  /** Ints from floats, truncated toward zero. */
  public static void toInt(
      int rows, int columns, long dst, int dstRow, long a, int aRow, int aColumn) {
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        float value = Memory.getFloat(a + BYTES * ((long) r * aRow + (long) c * aColumn));
        Memory.setInt(dst + BYTES * ((long) r * dstRow + c), (int) value);
      }
    }
  }

  /** dst[r] = Σ or max over c of a[r, c]; with {@code accumulate}, of what is there too. */
  public static void reduceRows(
      ReduceFn fn,
      int rows,
      int columns,
      long dst,
      long a,
      int aRow,
      int aColumn,
      boolean accumulate) {
    Own own = OWN.get();
    for (int r = 0; r < rows; r++) {
      long x = a + BYTES * r * aRow;
      x = aColumn == 0 ? own.repeat(0, x) : x;
      long to = dst + BYTES * r;
      if (fn == ReduceFn.SUM) {
        float sum = Sums.sum(columns, x, STEP * aColumn, own.lanes());
        Memory.setFloat(to, accumulate ? Memory.getFloat(to) + sum : sum);
      } else {
        float max = Sums.max(columns, x, STEP * aColumn);
        Memory.setFloat(to, accumulate ? Math.max(Memory.getFloat(to), max) : max);
      }
    }
  }

  /** dst[r] = Σ over c of a[r, c] · b[r, c]; with {@code accumulate}, plus what is there. */
  public static void dotRows(
      int rows,
      int columns,
      long dst,
      long a,
      int aRow,
      int aColumn,
      long b,
      int bRow,
      int bColumn,
      boolean accumulate) {
    Own own = OWN.get();
    for (int r = 0; r < rows; r++) {
      long x = a + BYTES * r * aRow;
      long y = b + BYTES * r * bRow;
      x = aColumn == 0 ? own.repeat(0, x) : x;
      y = bColumn == 0 ? own.repeat(1, y) : y;
      long to = dst + BYTES * r;
      float sum = Sums.dot(columns, x, STEP * aColumn, y, STEP * bColumn, own.lanes());
      Memory.setFloat(to, accumulate ? Memory.getFloat(to) + sum : sum);
    }
  }

  /**
   * dst[c] = Σ or max over r of a[r, c], in the order of rows; with {@code accumulate}, of what is
   * there too.
   */
  public static void reduceColumns(
      ReduceFn fn,
      int rows,
      int columns,
      long dst,
      long a,
      int aRow,
      int aColumn,
      boolean accumulate) {
    if (!accumulate) {
      copyStrided(1, columns, dst, columns, a, 0, aColumn);
    }
    BinaryFn pair = fn == ReduceFn.SUM ? BinaryFn.ADD : BinaryFn.MAX;
    for (int r = accumulate ? 0 : 1; r < rows; r++) {
      long x = a + BYTES * r * aRow;
      binary(pair, 1, columns, dst, columns, dst, columns, 1, x, columns, aColumn);
    }
  }

  /** dst[r] = column of the first largest a[r, c]; a NaN is never larger. */
  public static void argMaxRows(int rows, int columns, long dst, long a, int aRow) {
    for (int r = 0; r < rows; r++) {
      long line = a + BYTES * r * aRow;
      int best = 0;
      for (int c = 1; c < columns; c++) {
        if (Memory.getFloat(line + BYTES * c) > Memory.getFloat(line + BYTES * best)) {
          best = c;
        }
      }
      Memory.setInt(dst + BYTES * r, best);
    }
  }

  /** Uniforms {@code first} … of the stream {@code key}. */
  public static void uniform(long dst, long key, long first, int count) {
    int[] block = OWN.get().block;
    for (int i = 0; i < count; i++) {
      int lane = (int) ((first + i) & 3);
      if (lane == 0 || i == 0) {
        RandomStream.philox(key, (first + i) >>> 2, block);
      }
      Memory.setFloat(dst + BYTES * i, RandomStream.uniform(block[lane]));
    }
  }

  /** Standard normals {@code first} … of the stream {@code key}, by Box and Muller. */
  public static void normal(long dst, long key, long first, int count) {
    int[] block = OWN.get().block;
    for (int i = 0; i < count; i++) {
      int lane = (int) ((first + i) & 3);
      if (lane == 0 || i == 0) {
        RandomStream.philox(key, (first + i) >>> 2, block);
      }
      double u = RandomStream.uniform(block[lane & 2]);
      double angle = 2 * Math.PI * RandomStream.uniform(block[lane | 1]);
      double radius = Math.sqrt(-2 * Math.log(u));
      double value = radius * ((lane & 1) == 0 ? Math.cos(angle) : Math.sin(angle));
      Memory.setFloat(dst + BYTES * i, (float) value);
    }
  }
}
