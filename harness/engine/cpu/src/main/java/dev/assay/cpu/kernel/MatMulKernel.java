package dev.assay.cpu.kernel;

import dev.assay.cpu.gemm.Gemm;

/**
 * Batched matrix product. Operands: A, B, C, workspace.
 *
 * <p>A tile is a block of rows and columns of C, or several small matrices. Where C is too small
 * for enough tiles and k is large, k is cut too, and a second phase adds the partial products in
 * order. The tiles of the last phase each finish a block of C, whose bounds are given here so that
 * more can be done with it while it is in the cache.
 */
public final class MatMulKernel implements Kernel {
  /**
   * Work of a tile to aim at, in floating-point operations: some 70 µs. Smaller tiles copy more
   * into panels, in total.
   */
  private static final double TILE_WORK = 14e6;

  /**
   * The same if A is stored transposed: each tile copies its rows of A and its columns of B for
   * itself, as deep as k is.
   */
  private static final double TILE_WORK_TRANS_A = 128e6;

  /** Work of a tile, at least, where larger ones would leave threads idle. */
  private static final double LEAST_WORK = 4e6;

  /** As many tiles as keep a few threads busy. */
  private static final int FEW_TILES = 8;

  /** Operations in the time that a byte takes from memory. */
  private static final double WORK_PER_BYTE = 6;

  /** As many tiles as keep 8 threads evenly busy. */
  private static final int MOST_TILES = 32;

  // Least extents of a tile with which the product runs at nearly full speed. B transposed is
  // copied for each call, which takes more rows to be worth it.
  private static final int LEAST_ROWS = 32;
  private static final int LEAST_ROWS_TRANS_A = 64;
  private static final int LEAST_ROWS_TRANS_B = 96;
  private static final int LEAST_COLUMNS = 96;
  private static final int LEAST_DEPTH = 512;
  private static final int ROW_UNIT = 8;
  private static final int COLUMN_UNIT = 16;

  private final Gemm gemm;
  private final MatMulShape shape;
  private final Split batches;
  private final Split rows;
  private final Split columns;
  private final Split depths;
  private final Split sumRows;

  /** A kernel for one shape. */
  public MatMulKernel(Gemm gemm, MatMulShape matMul) {
    this.gemm = gemm;
    shape = matMul.folded();
    double work =
        Math.max(work(shape) / TILE_WORK, Math.min(work(shape) / LEAST_WORK, (double) FEW_TILES));
    int wanted = Split.powerOfTwo(Math.min(work, MOST_TILES / (double) Math.max(shape.batch(), 1)));
    Split fine = rows(wanted);
    int blocks = fine.count() * columns(wanted, fine).count();
    boolean cutDepth = blocks < FEW_TILES && 2 * blocks < wanted;
    int kept = cutDepth ? wanted : Math.min(wanted, most());
    rows = rows(kept);
    columns = columns(kept, rows);
    depths =
        Split.into(
            cutDepth ? Math.min(wanted / blocks, shape.k() / LEAST_DEPTH) : 1,
            shape.k(),
            COLUMN_UNIT);
    int perTile = work >= 1 ? 1 : (int) Math.min(shape.batch(), Math.rint(1 / work));
    batches = new Split(shape.batch(), Math.max(1, perTile));
    sumRows = Split.into(MOST_TILES / 4, shape.m(), 1);
  }

  /** Tiles at most for one deep product; others are cut as their work says. */
  private int most() {
    return shape.transA() && shape.batch() == 1
        ? Split.powerOfTwo(Math.max(work(shape) / TILE_WORK_TRANS_A, FEW_TILES))
        : MOST_TILES;
  }

  private Split rows(int wanted) {
    return Split.into(strips(wanted), shape.m(), ROW_UNIT);
  }

  private Split columns(int wanted, Split rows) {
    int count = Math.min(Math.ceilDiv(wanted, rows.count()), shape.n() / LEAST_COLUMNS);
    return Split.into(count, shape.n(), COLUMN_UNIT);
  }

  /**
   * Into how many strips of rows to cut, a power of two: each strip reads all of B, and each run of
   * columns all of A; the cut that reads least.
   */
  private int strips(int wanted) {
    int plain = shape.transA() ? LEAST_ROWS_TRANS_A : LEAST_ROWS;
    int least = shape.transB() ? LEAST_ROWS_TRANS_B : plain;
    int most = Math.min(wanted, Integer.highestOneBit(Math.max(1, shape.m() / least)));
    int mostColumns = Math.max(1, shape.n() / LEAST_COLUMNS);
    int best = most;
    double bestReads = Double.POSITIVE_INFINITY;
    int tiles = Math.min(wanted, most * mostColumns);
    for (int count = most; count >= 1 && count * mostColumns >= tiles; count /= 2) {
      int across = Math.min(Math.ceilDiv(wanted, count), mostColumns);
      double reads = (double) count * shape.n() + (double) across * shape.m();
      if (reads < bestReads) {
        bestReads = reads;
        best = count;
      }
    }
    return best;
  }

  private static double work(MatMulShape shape) {
    double m = shape.m();
    double n = shape.n();
    double k = shape.k();
    return 2 * m * n * k + 4 * WORK_PER_BYTE * (m * k + k * n + m * n);
  }

  @Override
  public int phases() {
    return depths.count() == 1 ? 1 : 2;
  }

  @Override
  public int tiles(int phase) {
    return phase == 0
        ? batches.count() * rows.count() * columns.count() * depths.count()
        : shape.batch() * sumRows.count();
  }

  @Override
  public long workspaceBytes() {
    return phases() == 1 ? 0 : 4L * depths.count() * shape.batch() * shape.m() * shape.n();
  }

  @Override
  public long scratchBytes() {
    return 0;
  }

  @Override
  public void run(int phase, int tile, long[] operands, long scratch) {
    if (phase == 0) {
      multiply(tile, operands);
    } else {
      sum(tile, operands);
    }
  }

  private void multiply(int tile, long[] operands) {
    int depth = tile % depths.count();
    int block = tile / depths.count();
    int p = depths.begin(depth);
    int k = depths.end(depth) - p;
    int column = columns.begin(block % columns.count());
    int n = columns.end(block % columns.count()) - column;
    int strip = block / columns.count();
    int row = rows.begin(strip % rows.count());
    int m = rows.end(strip % rows.count()) - row;
    int group = strip / rows.count();
    long offsetA = shape.transA() ? (long) p * shape.lda() + row : (long) row * shape.lda() + p;
    long offsetB =
        shape.transB() ? (long) column * shape.ldb() + p : (long) p * shape.ldb() + column;
    boolean partial = depths.count() > 1;
    int ldc = partial ? shape.n() : shape.ldc();
    long strideC = partial ? (long) shape.m() * shape.n() : shape.strideC();
    long c = partial ? partial(operands[3], depth) : operands[2];
    for (int batch = batches.begin(group); batch < batches.end(group); batch++) {
      gemm.multiply(
          shape.transA(),
          shape.transB(),
          m,
          n,
          k,
          1,
          operands[0] + 4 * (batch * shape.strideA() + offsetA),
          shape.lda(),
          operands[1] + 4 * (batch * shape.strideB() + offsetB),
          shape.ldb(),
          0,
          c + 4 * (batch * strideC + (long) row * ldc + column),
          ldc);
    }
  }

  private long partial(long workspace, int depth) {
    return workspace + 4L * depth * shape.batch() * shape.m() * shape.n();
  }

  private void sum(int tile, long[] operands) {
    int batch = firstBatch(tile);
    for (int row = firstRow(tile); row < endRow(tile); row++) {
      long part = 4 * ((long) batch * shape.m() + row) * shape.n();
      long c = operands[2] + 4 * (batch * shape.strideC() + (long) row * shape.ldc());
      Rows.sum(shape.n(), depths.count(), operands[3] + part, partial(0, 1), c);
    }
  }

  private boolean whole() {
    return phases() == 1;
  }

  private int strip(int tile) {
    return tile / columns.count();
  }

  /** The first matrix of the batch that a tile of the last phase finishes a block of. */
  public int firstBatch(int tile) {
    return whole() ? batches.begin(strip(tile) / rows.count()) : tile / sumRows.count();
  }

  /** One past the last matrix. */
  public int endBatch(int tile) {
    return whole() ? batches.end(strip(tile) / rows.count()) : firstBatch(tile) + 1;
  }

  /** The block's first row in each of those matrices. */
  public int firstRow(int tile) {
    return whole() ? rows.begin(strip(tile) % rows.count()) : sumRows.begin(tile % sumRows.count());
  }

  /** One past the block's last row. */
  public int endRow(int tile) {
    return whole() ? rows.end(strip(tile) % rows.count()) : sumRows.end(tile % sumRows.count());
  }

  /** The block's first column. */
  public int firstColumn(int tile) {
    return whole() ? columns.begin(tile % columns.count()) : 0;
  }

  /** One past the block's last column. */
  public int endColumn(int tile) {
    return whole() ? columns.end(tile % columns.count()) : shape.n();
  }

  /** The shape computed: a batch that shares B is one product with more rows. */
  public MatMulShape shape() {
    return shape;
  }
}
