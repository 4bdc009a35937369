package dev.assay.cpu.kernel;

import dev.assay.cpu.memory.Memory;
import dev.assay.cpu.x86.BlockKernel;
import dev.assay.cpu.x86.BlockKernel.Field;
import dev.assay.cpu.x86.BlockKernels;
import dev.assay.cpu.x86.PanelKernel;
import dev.assay.cpu.x86.PanelKernels;

/**
 * C = A op(B) by blocks of machine code that read B from panels of 32 columns. All tiles share the
 * panels, so that B is copied once, where tiles that are products of their own would each copy what
 * they read; products by the same B may share them too. Operands: A, B, C, workspace.
 *
 * <p>An element of C is one chain of fused multiply-adds for each 512 of k, added in order.
 */
public final class PackedMatMulKernel implements Kernel {
  /** Where the panels of B come from. */
  public enum Panels {
    /** Copied into the workspace, for this product alone. */
    OWN,
    /** Copied to {@code panels}, for other products as well. */
    FIRST,
    /** Found at {@code panels}, where a product with {@link #FIRST} left them. */
    SHARED
  }

  private static final long FLOAT = Float.BYTES;
  private static final int PANEL = PanelKernels.COLUMNS;
  private static final int BLOCK_K = PanelKernels.BLOCK_ROWS;

  /** Panels that a tile copies. */
  private static final int COPIED = 4;

  /** Larger panels would push everything else out of the caches. */
  private static final long MOST_BYTES = 16 << 20;

  /** Work of a tile to aim at, in floating-point operations: some 50 µs. */
  private static final double TILE_WORK = 8e6;

  private static final int MOST_TILES = 32;

  /** Rows of a tile at least, where that leaves enough tiles. */
  private static final int LEAST_ROWS = 48;

  /** Rows of A from which a product alone repays copying all of B before it begins. */
  private static final int LEAST_ROWS_ALONE = 64;

  private static final long FACTORS = Memory.aligned(BlockKernel.ARGUMENT_BYTES);
  private static final long OFFSETS = FACTORS + 2 * FLOAT;
  private static final long PACKING = Memory.aligned(OFFSETS + 2 * Long.BYTES);
  private static final long SCRATCH = Memory.aligned(PACKING + PanelKernels.ARGUMENT_BYTES);

  private final BlockKernels blocks;
  private final MatMulShape shape;
  private final Panels source;
  private final long panels;
  private final long panelBytes;
  private final int across;
  private final Split rows;
  private final Split columns;

  /**
   * @param matMul a shape that {@link #suits}
   * @param panels address of {@link #panelBytes} bytes; unused if they are {@link Panels#OWN}
   */
  public PackedMatMulKernel(BlockKernels blocks, MatMulShape matMul, Panels source, long panels) {
    if (!suits(matMul)) {
      throw new IllegalArgumentException("not one product with A as it is: " + matMul);
    }
    this.blocks = blocks;
    this.source = source;
    this.panels = panels;
    shape = matMul.folded();
    panelBytes = onePanel(shape);
    across = Math.ceilDiv(shape.n(), PANEL);
    int wanted =
        (int) Math.clamp(2.0 * shape.m() * shape.n() * shape.k() / TILE_WORK, 1, MOST_TILES);
    rows = Split.into(Math.clamp(shape.m() / LEAST_ROWS, 1, wanted), shape.m(), 1);
    columns = Split.into(Math.ceilDiv(wanted, rows.count()), across, 1);
  }

  /** Whether a kernel for this shape exists: A is not transposed, and B is one matrix. */
  public static boolean suits(MatMulShape shape) {
    MatMulShape folded = shape.folded();
    return folded.batch() == 1
        && !folded.transA()
        && folded.m() > 0
        && folded.n() > 0
        && folded.k() > 0
        && panelBytes(shape) <= MOST_BYTES;
  }

  /** Whether it is the faster way for a product alone: B has to be turned, and A has many rows. */
  public static boolean suitsAlone(MatMulShape shape) {
    return shape.transB() && suits(shape) && shape.folded().m() >= LEAST_ROWS_ALONE;
  }

  /** Bytes of all panels of B. */
  public static long panelBytes(MatMulShape shape) {
    return onePanel(shape)
        * Math.ceilDiv(shape.n(), PANEL)
        * Math.max(1, Math.ceilDiv(shape.k(), BLOCK_K));
  }

  /** Of a panel of a block of k, and the gap after it. */
  private static long onePanel(MatMulShape shape) {
    return shape.transB()
        ? PanelKernels.panelBytes(Math.min(shape.k(), BLOCK_K) + PanelKernel.LANES)
        : PanelKernels.BLOCK_PANEL_BYTES;
  }

  @Override
  public int phases() {
    return source == Panels.SHARED ? 1 : 2;
  }

  @Override
  public int tiles(int phase) {
    return isCopy(phase)
        ? Math.ceilDiv(across, COPIED) * Math.ceilDiv(shape.k(), BLOCK_K)
        : rows.count() * columns.count();
  }

  private boolean isCopy(int phase) {
    return phase == 0 && source != Panels.SHARED;
  }

  @Override
  public long workspaceBytes() {
    return source == Panels.OWN ? panelBytes(shape) : 0;
  }

  @Override
  public long scratchBytes() {
    return SCRATCH;
  }

  @Override
  public void run(int phase, int tile, long[] operands, long scratch) {
    long to = source == Panels.OWN ? operands[3] : panels;
    if (isCopy(phase)) {
      copy(tile, operands[1], to, scratch + PACKING);
    } else {
      multiply(tile, operands[0], to, operands[2], scratch);
    }
  }

  /** Panel {@code index} of a block of k. */
  private long panel(long base, int block, int index) {
    return base + panelBytes * ((long) block * across + index);
  }

  private void copy(int tile, long b, long to, long argument) {
    int groups = Math.ceilDiv(across, COPIED);
    int block = tile / groups;
    int first = tile % groups * COPIED;
    int p = block * BLOCK_K;
    int depth = Math.min(BLOCK_K, shape.k() - p);
    int end = Math.min(first + COPIED, across);
    int column = first * PANEL;
    if (!shape.transB()) {
      int width = Math.min(end * PANEL, shape.n()) - column;
      long from = b + FLOAT * ((long) p * shape.ldb() + column);
      blocks.panels().copyBlock(width, depth, from, shape.ldb(), panel(to, block, first), argument);
      return;
    }
    for (int index = first; index < end; index++) {
      int j = index * PANEL;
      long from = b + FLOAT * ((long) j * shape.ldb() + p);
      blocks
          .panels()
          .turn(
              Math.min(PANEL, shape.n() - j),
              depth,
              from,
              shape.ldb(),
              panel(to, block, index),
              argument);
    }
  }

  private void multiply(int tile, long a, long base, long c, long scratch) {
    int row = rows.begin(tile / columns.count());
    int m = rows.end(tile / columns.count()) - row;
    prepare(scratch);
    for (int block = 0; block * BLOCK_K < shape.k(); block++) {
      int p = block * BLOCK_K;
      Field.K.set(scratch, Math.min(BLOCK_K, shape.k() - p));
      Field.ADDS.set(scratch, block == 0 ? 0 : 1);
      int end = columns.end(tile % columns.count());
      for (int index = columns.begin(tile % columns.count()); index < end; index++) {
        int column = index * PANEL;
        Field.A.set(scratch, a + FLOAT * ((long) row * shape.lda() + p));
        Field.B.set(scratch, panel(base, block, index));
        Field.C.set(scratch, c + FLOAT * ((long) row * shape.ldc() + column));
        blocks.run(scratch, m, Math.min(PANEL, shape.n() - column));
      }
    }
  }

  /** What all blocks of a tile share: C ← 1 · A B + 1 · C, one pair of matrices. */
  private void prepare(long scratch) {
    Memory.setFloat(scratch + FACTORS, 1);
    Memory.setFloat(scratch + FACTORS + FLOAT, 1);
    Memory.setLong(scratch + OFFSETS, 0);
    Memory.setLong(scratch + OFFSETS + Long.BYTES, 0);
    Field.FACTORS.set(scratch, scratch + FACTORS);
    Field.OFFSETS.set(scratch, scratch + OFFSETS);
    Field.PAIRS.set(scratch, 1);
    Field.A_ROW.set(scratch, FLOAT * shape.lda());
    Field.A_COLUMN.set(scratch, FLOAT);
    Field.B_ROW.set(scratch, PanelKernel.ROW_BYTES);
    Field.C_ROW.set(scratch, FLOAT * shape.ldc());
  }
}
