package dev.assay.cpu.vector;

import dev.assay.cpu.memory.Memory;
import dev.assay.tensor.Op.BinaryFn;
import dev.assay.tensor.Op.ReduceFn;
import dev.assay.tensor.Op.UnaryFn;

/**
 * Vector loops over a tile of rows × columns. An operand is an address, the elements from row to
 * row, and from column to column: 1, or 0 for one value per row. Results are contiguous along a
 * row. An element's result does not depend on its place in the tile; a row's sum depends on the
 * number of columns alone.
 */
public final class Loops {
  private static final long BYTES = 4;
  private static final long STEP = Lines.S;

  /** Sides of the squares that a copy with strides goes by. */
  private static final int SQUARE = 16;

  private Loops() {}

  /** Has the loops compiled, in the background, that almost every program uses. */
  public static void prepare() {
    Trials.common();
  }

  /** Has the loop of a function compiled in the background. */
  public static void prepare(UnaryFn fn) {
    Trials.of(fn);
  }

  /** Has the loop of a function compiled in the background. */
  public static void prepare(BinaryFn fn) {
    Trials.of(fn);
  }

  /** Has the loop of {@link #where} compiled in the background. */
  public static void prepareWhere() {
    Trials.of(TernaryLoops.WHERE);
  }

  /** Has the loops between floats and ints compiled in the background. */
  public static void prepareCasts() {
    Trials.of(CastLoops.TO_FLOAT);
    Trials.of(CastLoops.TO_INT);
  }

  /** Has the loops of random numbers compiled in the background. */
  public static void prepareRandom() {
    Trials.random();
  }

  /** Whether rows of an operand follow each other like one long row. */
  private static boolean even(int columns, int row, int column) {
    return row == column * columns;
  }

  /** dst = fn(a). */
  public static void unary(
      UnaryFn fn, int rows, int columns, long dst, int dstRow, long a, int aRow, int aColumn) {
    unary(UnaryLoops.of(fn), rows, columns, dst, dstRow, a, aRow, aColumn);
  }

  private static void unary(
      UnaryLoops.Loop loop,
      int rows,
      int columns,
      long dst,
      int dstRow,
      long a,
      int aRow,
      int aColumn) {
    boolean flat = dstRow == columns && even(columns, aRow, aColumn);
    int lines = flat ? 1 : rows;
    int length = flat ? rows * columns : columns;
    Own own = Own.get();
    for (int r = 0; r < lines; r++) {
      long x = a + BYTES * r * aRow;
      Lines.unary(
          loop,
          length,
          dst + BYTES * r * dstRow,
          aColumn == 0 ? own.repeat(0, x) : x,
          STEP * aColumn,
          own);
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
    Own own = Own.get();
    BinaryLoops.Loop loop = BinaryLoops.of(fn);
    for (int r = 0; r < lines; r++) {
      long x = a + BYTES * r * aRow;
      long y = b + BYTES * r * bRow;
      Lines.binary(
          loop,
          length,
          dst + BYTES * r * dstRow,
          aColumn == 0 ? own.repeat(0, x) : x,
          STEP * aColumn,
          bColumn == 0 ? own.repeat(1, y) : y,
          STEP * bColumn,
          own);
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
    ternary(
        TernaryLoops.FMA,
        rows,
        columns,
        dst,
        dstRow,
        a,
        aRow,
        aColumn,
        b,
        bRow,
        bColumn,
        c,
        cRow,
        cColumn);
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
        TernaryLoops.WHERE,
        rows,
        columns,
        dst,
        dstRow,
        a,
        aRow,
        aColumn,
        b,
        bRow,
        bColumn,
        c,
        cRow,
        cColumn);
  }

  private static void ternary(
      TernaryLoops.Loop loop,
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
    Own own = Own.get();
    for (int r = 0; r < lines; r++) {
      long to = dst + BYTES * r * dstRow;
      long x = a + BYTES * r * aRow;
      long y = b + BYTES * r * bRow;
      long z = c + BYTES * r * cRow;
      x = aColumn == 0 ? own.repeat(0, x) : x;
      y = bColumn == 0 ? own.repeat(1, y) : y;
      z = cColumn == 0 ? own.repeat(2, z) : z;
      Lines.ternary(loop, length, to, x, STEP * aColumn, y, STEP * bColumn, z, STEP * cColumn, own);
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
    if (aColumn == 1) {
      for (int r = 0; r < rows; r++) {
        Lines.copy(columns, dst + BYTES * r * dstRow, a + BYTES * r * aRow);
      }
      return;
    }
    // neighbours along either axis may share a cache line
    for (int r = 0; r < rows; r += SQUARE) {
      int lastRow = Math.min(rows, r + SQUARE);
      for (int c = 0; c < columns; c += SQUARE) {
        int lastColumn = Math.min(columns, c + SQUARE);
        for (int row = r; row < lastRow; row++) {
          pick(c, lastColumn, dst + BYTES * row * dstRow, a + BYTES * row * aRow, aColumn);
        }
      }
    }
  }

  private static void pick(int from, int to, long dst, long a, int stride) {
    for (int c = from; c < to; c++) {
      Memory.setInt(dst + BYTES * c, Memory.getInt(a + BYTES * c * stride));
    }
  }

  /** Floats from ints. */
  public static void toFloat(
      int rows, int columns, long dst, int dstRow, long a, int aRow, int aColumn) {
    unary(CastLoops.TO_FLOAT, rows, columns, dst, dstRow, a, aRow, aColumn);
  }

  /** Ints from floats, truncated toward zero. */
  public static void toInt(
      int rows, int columns, long dst, int dstRow, long a, int aRow, int aColumn) {
    unary(CastLoops.TO_INT, rows, columns, dst, dstRow, a, aRow, aColumn);
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
    Own own = Own.get();
    for (int r = 0; r < rows; r++) {
      long x = a + BYTES * r * aRow;
      x = aColumn == 0 ? own.repeat(0, x) : x;
      long to = dst + BYTES * r;
      if (fn == ReduceFn.SUM) {
        float sum = Sums.sum(columns, x, STEP * aColumn, own);
        Memory.setFloat(to, accumulate ? Memory.getFloat(to) + sum : sum);
      } else {
        float max = Sums.max(columns, x, STEP * aColumn, own);
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
    Own own = Own.get();
    for (int r = 0; r < rows; r++) {
      long x = a + BYTES * r * aRow;
      long y = b + BYTES * r * bRow;
      x = aColumn == 0 ? own.repeat(0, x) : x;
      y = bColumn == 0 ? own.repeat(1, y) : y;
      long to = dst + BYTES * r;
      float sum = Sums.dot(columns, x, STEP * aColumn, y, STEP * bColumn, own);
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

  /**
   * Uniforms {@code first} … of the stream {@code key}.
   *
   * @param first a multiple of 4
   */
  public static void uniform(long dst, long key, long first, int count) {
    draw(RandomLoops.UNIFORM, dst, key, first, count);
  }

  /**
   * Standard normals {@code first} … of the stream {@code key}, by Box and Muller.
   *
   * @param first a multiple of 4
   */
  public static void normal(long dst, long key, long first, int count) {
    draw(RandomLoops.NORMAL, dst, key, first, count);
  }

  private static void draw(UnaryLoops.Loop loop, long dst, long key, long first, int count) {
    int whole = count & -RandomLoops.WORDS;
    RandomLoops.words(whole, dst, key, first >>> 2);
    loop.run(whole, dst, dst, STEP);
    if (whole < count) {
      long own = Own.get().batch();
      RandomLoops.words(RandomLoops.WORDS, own, key, (first + whole) >>> 2);
      loop.run(RandomLoops.WORDS, own, own, STEP);
      Lines.copy(count - whole, dst + BYTES * whole, own);
    }
  }
}
