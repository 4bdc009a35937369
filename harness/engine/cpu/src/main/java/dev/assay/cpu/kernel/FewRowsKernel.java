package dev.assay.cpu.kernel;

import static dev.assay.cpu.memory.Memory.LANES;
import static dev.assay.cpu.memory.Memory.getFloat;
import static dev.assay.cpu.memory.Memory.load;
import static dev.assay.cpu.memory.Memory.loadBytes;
import static dev.assay.cpu.memory.Memory.store;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.assay.cpu.memory.Memory;
import dev.assay.cpu.vector.Warmup;
import java.lang.foreign.Arena;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * C = A B for A of few rows: decoding, where reading B is what takes the time. Operands: A, B, C,
 * workspace.
 *
 * <p>A tile goes through panels of B, two vectors wide, for all rows of A. B lies in one of several
 * {@link Storage forms}, of which all but the first let a thread read one run of memory. An element
 * of C is one chain of fused multiply-adds in the order of k: it depends neither on the form nor on
 * how many rows there are.
 */
public final class FewRowsKernel implements Kernel {
  /** How B lies. */
  public enum Storage {
    /** Row-major. */
    ROWS,
    /** Panel after panel, each row-major: {@link FewRowsKernel#pack}. */
    PANELS,
    /** Panels of bytes, with a step for each column: {@link Int8Panels}. */
    INT8
  }

  /** Most rows of A. */
  public static final int MOST_ROWS = 32;

  /** Columns of a panel; the last may have fewer. */
  static final int PANEL = 2 * LANES;

  /** Rows of C that are computed together; more would exceed what C2 compiles without boxes. */
  private static final int ROWS = 4;

  /** Bytes of B that are worth a tile. */
  private static final long TILE_BYTES = 32 << 10;

  private static final int MOST_TILES = 32;

  private static final FloatVector LANE = FloatVector.zero(Memory.FLOATS).addIndex(1);
  private static final Outlined FOUR = new Outlined(FewRowsKernel::four);
  private static final Outlined ONE = new Outlined(FewRowsKernel::one);
  private static final Outlined NARROW = new Outlined(FewRowsKernel::narrow);
  private static final Outlined FOUR_INT8 = new Outlined(FewRowsKernel::fourInt8);
  private static final Outlined ONE_INT8 = new Outlined(FewRowsKernel::oneInt8);

  static {
    long a = Memory.allocate(Arena.global(), 4L * (2 * ROWS + PANEL) * PANEL);
    long c = a + 4L * ROWS * PANEL;
    long b = c + 4L * ROWS * PANEL;
    Warmup.request(n -> FOUR.run(a, b, c, Math.min(n, PANEL), PANEL, PANEL, PANEL));
    Warmup.request(n -> ONE.run(a, b, c, Math.min(n, PANEL), 0, PANEL, 0));
    Warmup.request(n -> NARROW.run(a, b, c, LANES + 1, Math.min(n, PANEL), PANEL, 0));
    Warmup.request(n -> FOUR_INT8.run(a, b, c, Math.min(n, PANEL), PANEL, PANEL, PANEL));
    Warmup.request(n -> ONE_INT8.run(a, b, c, Math.min(n, PANEL), 0, PANEL, 0));
  }

  private final MatMulShape shape;
  private final Storage storage;
  private final Split panels;

  /**
   * @param shape one product of at most {@link #MOST_ROWS} rows, nothing transposed
   * @param storage how B lies
   */
  public FewRowsKernel(MatMulShape shape, Storage storage) {
    if (!suits(shape)) {
      throw new IllegalArgumentException("not a plain product of few rows: " + shape);
    }
    this.shape = shape.folded();
    this.storage = storage;
    int count = Math.ceilDiv(shape.n(), PANEL);
    int tiles = (int) Math.clamp(4L * shape.k() * shape.n() / TILE_BYTES, 1, MOST_TILES);
    panels = Split.into(tiles, count, 1);
  }

  /** Whether a kernel for this shape exists. */
  public static boolean suits(MatMulShape shape) {
    MatMulShape folded = shape.folded();
    return folded.batch() == 1 && folded.m() <= MOST_ROWS && !folded.transA() && !folded.transB();
  }

  /** Copies B [k, n] of {@code shape} from row-major storage to panels, k · n floats. */
  public static void pack(MatMulShape shape, long from, long to) {
    for (int column = 0; column < shape.n(); column += PANEL) {
      long bytes = 4L * Math.min(PANEL, shape.n() - column);
      long panel = to + 4L * column * shape.k();
      for (int p = 0; p < shape.k(); p++) {
        Memory.copy(from + 4 * ((long) p * shape.ldb() + column), panel + p * bytes, bytes);
      }
    }
  }

  @Override
  public int phases() {
    return 1;
  }

  @Override
  public int tiles(int phase) {
    return panels.count();
  }

  @Override
  public long workspaceBytes() {
    return 0;
  }

  @Override
  public long scratchBytes() {
    return 0;
  }

  @Override
  public void run(int phase, int tile, long[] operands, long scratch) {
    for (int panel = panels.begin(tile); panel < panels.end(tile); panel++) {
      int column = panel * PANEL;
      int width = Math.min(PANEL, shape.n() - column);
      long c = operands[2] + 4L * column;
      if (storage == Storage.INT8) {
        multiplyInt8(operands[0], operands[1] + panel * Int8Panels.bytes(shape.k()), c, width);
      } else {
        boolean rows = storage == Storage.ROWS;
        long b = operands[1] + 4L * column * (rows ? 1 : shape.k());
        multiply(operands[0], b, rows ? shape.ldb() : width, c, width);
      }
    }
  }

  private void multiply(long a, long b, int ldb, long c, int width) {
    int m = shape.m();
    int k = shape.k();
    int i = 0;
    if (width < PANEL) {
      for (; i < m; i++) {
        long row = a + 4L * i * shape.lda();
        NARROW.run(row, b, c + 4L * i * shape.ldc(), width, k, ldb, 0);
      }
    }
    for (; i + ROWS <= m; i += ROWS) {
      long rows = a + 4L * i * shape.lda();
      FOUR.run(rows, b, c + 4L * i * shape.ldc(), k, shape.lda(), ldb, shape.ldc());
    }
    for (; i < m; i++) {
      ONE.run(a + 4L * i * shape.lda(), b, c + 4L * i * shape.ldc(), k, 0, ldb, 0);
    }
  }

  private void multiplyInt8(long a, long b, long c, int width) {
    int m = shape.m();
    int k = shape.k();
    int i = 0;
    for (; i + ROWS <= m; i += ROWS) {
      long rows = a + 4L * i * shape.lda();
      FOUR_INT8.run(rows, b, c + 4L * i * shape.ldc(), k, shape.lda(), width, shape.ldc());
    }
    for (; i < m; i++) {
      ONE_INT8.run(a + 4L * i * shape.lda(), b, c + 4L * i * shape.ldc(), k, 0, width, 0);
    }
  }

  /** Four rows times a panel. */
  private static void four(long a, long b, long c, int k, int lda, int ldb, int ldc) {
    FloatVector s00 = FloatVector.zero(Memory.FLOATS);
    FloatVector s01 = s00;
    FloatVector s10 = s00;
    FloatVector s11 = s00;
    FloatVector s20 = s00;
    FloatVector s21 = s00;
    FloatVector s30 = s00;
    FloatVector s31 = s00;
    long nextA = 4L * lda;
    long nextB = 4L * ldb;
    long column = a;
    long row = b;
    for (int p = 0; p < k; p++) {
      FloatVector b0 = load(row);
      FloatVector b1 = load(row + 4L * LANES);
      FloatVector x = all(column);
      s00 = x.fma(b0, s00);
      s01 = x.fma(b1, s01);
      x = all(column + nextA);
      s10 = x.fma(b0, s10);
      s11 = x.fma(b1, s11);
      x = all(column + 2 * nextA);
      s20 = x.fma(b0, s20);
      s21 = x.fma(b1, s21);
      x = all(column + 3 * nextA);
      s30 = x.fma(b0, s30);
      s31 = x.fma(b1, s31);
      column += 4;
      row += nextB;
    }
    put(s00, s01, c);
    put(s10, s11, c + 4L * ldc);
    put(s20, s21, c + 8L * ldc);
    put(s30, s31, c + 12L * ldc);
  }

  /** One row times a panel. */
  private static void one(long a, long b, long c, int k, int lda, int ldb, int ldc) {
    FloatVector s0 = FloatVector.zero(Memory.FLOATS);
    FloatVector s1 = s0;
    long row = b;
    for (int p = 0; p < k; p++) {
      FloatVector x = all(a + 4L * p);
      s0 = x.fma(load(row), s0);
      s1 = x.fma(load(row + 4L * LANES), s1);
      row += 4L * ldb;
    }
    put(s0, s1, c);
  }

  /** Four rows times a panel of bytes. */
  private static void fourInt8(long a, long b, long c, int k, int lda, int width, int ldc) {
    FloatVector s00 = FloatVector.zero(Memory.FLOATS);
    FloatVector s01 = s00;
    FloatVector s10 = s00;
    FloatVector s11 = s00;
    FloatVector s20 = s00;
    FloatVector s21 = s00;
    FloatVector s30 = s00;
    FloatVector s31 = s00;
    FloatVector left = load(b);
    FloatVector right = load(b + 4L * LANES);
    long nextA = 4L * lda;
    long column = a;
    long row = b + 4L * PANEL;
    for (int p = 0; p < k; p++) {
      FloatVector b0 = loadBytes(row).mul(left);
      FloatVector b1 = loadBytes(row + LANES).mul(right);
      FloatVector x = all(column);
      s00 = x.fma(b0, s00);
      s01 = x.fma(b1, s01);
      x = all(column + nextA);
      s10 = x.fma(b0, s10);
      s11 = x.fma(b1, s11);
      x = all(column + 2 * nextA);
      s20 = x.fma(b0, s20);
      s21 = x.fma(b1, s21);
      x = all(column + 3 * nextA);
      s30 = x.fma(b0, s30);
      s31 = x.fma(b1, s31);
      column += 4;
      row += PANEL;
    }
    put(s00, s01, c, width);
    put(s10, s11, c + 4L * ldc, width);
    put(s20, s21, c + 8L * ldc, width);
    put(s30, s31, c + 12L * ldc, width);
  }

  /** One row times a panel of bytes. */
  private static void oneInt8(long a, long b, long c, int k, int lda, int width, int ldc) {
    FloatVector s0 = FloatVector.zero(Memory.FLOATS);
    FloatVector s1 = s0;
    FloatVector left = load(b);
    FloatVector right = load(b + 4L * LANES);
    long row = b + 4L * PANEL;
    for (int p = 0; p < k; p++) {
      FloatVector x = all(a + 4L * p);
      s0 = x.fma(loadBytes(row).mul(left), s0);
      s1 = x.fma(loadBytes(row + LANES).mul(right), s1);
      row += PANEL;
    }
    put(s0, s1, c, width);
  }

  /** One row times a panel of any width, a vector of columns at a time. */
  private static void narrow(long a, long b, long c, int width, int k, int ldb, int unused) {
    for (int j = 0; j < width; j += LANES) {
      VectorMask<Float> there = first(width - j);
      FloatVector sum = FloatVector.zero(Memory.FLOATS);
      long row = b + 4L * j;
      for (int p = 0; p < k; p++) {
        sum = all(a + 4L * p).fma(load(row, there), sum);
        row += 4L * ldb;
      }
      store(sum, c + 4L * j, there);
    }
  }

  private static FloatVector all(long address) {
    return FloatVector.broadcast(Memory.FLOATS, getFloat(address));
  }

  private static void put(FloatVector left, FloatVector right, long to) {
    store(left, to);
    store(right, to + 4L * LANES);
  }

  private static void put(FloatVector left, FloatVector right, long to, int width) {
    if (width == PANEL) {
      put(left, right, to);
    } else {
      store(left, to, first(width));
      store(right, to + 4L * LANES, first(width - LANES));
    }
  }

  /** The first lanes, this many; none if it is negative. */
  private static VectorMask<Float> first(int count) {
    return LANE.compare(LT, FloatVector.broadcast(Memory.FLOATS, (float) count));
  }
}
