package dev.assay.cpu.gemm;

import dev.assay.cpu.memory.Memory;
import dev.assay.cpu.x86.BlockKernel;
import dev.assay.cpu.x86.BlockKernel.Field;
import dev.assay.cpu.x86.BlockKernels;
import dev.assay.cpu.x86.PanelKernel;
import dev.assay.cpu.x86.PanelKernels;
import java.lang.foreign.Arena;
import java.util.Optional;

/**
 * The product by machine code made here, on processors with AVX-512. B is copied into panels that
 * stay in the second-level cache; A is read where it lies. Goto and van de Geijn 2008, Anatomy of
 * high-performance matrix multiplication, less the copy of A.
 */
final class Avx512Gemm implements Gemm {
  /** Extents of a block of B: a panel of it and the rows of A that meet it stay close. */
  private static final int BLOCK_K = PanelKernels.BLOCK_ROWS;

  private static final int BLOCK_N = PanelKernels.BLOCK_COLUMNS;
  private static final int LANES = PanelKernel.LANES;
  private static final long FLOAT = Float.BYTES;

  /** Vectors of a block of few rows. */
  private static final int WIDE = 4;

  private static final int PANEL_COLUMNS = PanelKernels.COLUMNS;
  private static final int PANEL_BYTES = PanelKernels.BLOCK_PANEL_BYTES;

  /** Fewest rows of C for which B is worth copying. */
  private static final int LEAST_ROWS_TO_PACK = 48;

  private static final long FACTORS = Memory.aligned(BlockKernel.ARGUMENT_BYTES);
  private static final long OFFSETS = FACTORS + 2 * Float.BYTES;
  private static final long PACKING = Memory.aligned(OFFSETS + 2 * Long.BYTES);
  private static final long PANELS = Memory.aligned(PACKING + PanelKernels.ARGUMENT_BYTES);
  private static final long WORKSPACE = PANELS + (long) PANEL_BYTES * (BLOCK_N / PANEL_COLUMNS);

  private static final ThreadLocal<Workspace> WORKSPACES =
      ThreadLocal.withInitial(() -> Workspace.in(Arena.ofAuto()));

  private final BlockKernels blocks;

  Avx512Gemm() throws NativeLibraryException {
    blocks =
        BlockKernels.made()
            .orElseThrow(() ->
                new NativeLibraryException(
                    "it needs Linux on x86-64, AVX-512, and memory that can be executed"));
  }

  @Override
  public String core() {
    return "AVX-512";
  }

  @Override
  public Optional<BlockKernels> blocks() {
    return Optional.of(blocks);
  }

  /**
   * A thread's own memory.
   *
   * @param arena keeps it while the thread lives
   */
  private record Workspace(Arena arena, long address) {
    static Workspace in(Arena arena) {
      return new Workspace(arena, Memory.allocate(arena, WORKSPACE));
    }
  }

  @Override
  public String name() {
    return "avx512";
  }

  @Override
  public void multiply(
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      float alpha,
      long a,
      int lda,
      long b,
      int ldb,
      float beta,
      long c,
      int ldc) {
    if (k == 0 || m == 0 || n == 0) {
      FewRows.multiply(transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
      return;
    }
    long workspace = WORKSPACES.get().address();
    Memory.setFloat(workspace + FACTORS, alpha);
    Field.FACTORS.set(workspace, workspace + FACTORS);
    Memory.setLong(workspace + OFFSETS, 0);
    Memory.setLong(workspace + OFFSETS + Long.BYTES, 0);
    Field.OFFSETS.set(workspace, workspace + OFFSETS);
    Field.PAIRS.set(workspace, 1);
    Field.A_ROW.set(workspace, FLOAT * (transA ? 1 : lda));
    Field.A_COLUMN.set(workspace, FLOAT * (transA ? lda : 1));
    Field.C_ROW.set(workspace, FLOAT * ldc);
    boolean packs = transB || m >= LEAST_ROWS_TO_PACK;
    for (int kk = 0; kk < k; kk += BLOCK_K) {
      int depth = Math.min(BLOCK_K, k - kk);
      float scale = kk == 0 ? beta : 1;
      Memory.setFloat(workspace + FACTORS + Float.BYTES, scale);
      Field.ADDS.set(workspace, scale == 0 ? 0 : 1);
      Field.K.set(workspace, depth);
      long left = a + FLOAT * kk * (transA ? lda : 1);
      for (int j = 0; j < n; j += BLOCK_N) {
        int columns = Math.min(BLOCK_N, n - j);
        long right = b + FLOAT * (transB ? (long) j * ldb + kk : (long) kk * ldb + j);
        if (packs) {
          pack(workspace, transB, columns, depth, right, ldb);
          panels(workspace, m, columns, left, c + FLOAT * j);
        } else {
          Field.B_ROW.set(workspace, FLOAT * ldb);
          columns(workspace, m, columns, left, right, c + FLOAT * j);
        }
      }
    }
  }

  private void pack(long workspace, boolean transB, int columns, int depth, long from, int ldb) {
    long argument = workspace + PACKING;
    long to = workspace + PANELS;
    if (!transB) {
      blocks.panels().copyBlock(columns, depth, from, ldb, to, argument);
      return;
    }
    for (int j = 0; j < columns; j += PANEL_COLUMNS) {
      long panel = to + (long) PANEL_BYTES * (j / PANEL_COLUMNS);
      int width = Math.min(PANEL_COLUMNS, columns - j);
      blocks.panels().turn(width, depth, from + FLOAT * j * ldb, ldb, panel, argument);
    }
  }

  private void panels(long workspace, int m, int columns, long a, long c) {
    Field.B_ROW.set(workspace, PanelKernel.ROW_BYTES);
    for (int j = 0; j < columns; j += PANEL_COLUMNS) {
      Field.A.set(workspace, a);
      Field.B.set(workspace, workspace + PANELS + (long) PANEL_BYTES * (j / PANEL_COLUMNS));
      Field.C.set(workspace, c + FLOAT * j);
      blocks.run(workspace, m, Math.min(PANEL_COLUMNS, columns - j));
    }
  }

  /** Reads B where it lies: many columns at once, if the rows are few. */
  private void columns(long workspace, int m, int columns, long a, long b, long c) {
    int width = m <= BlockKernel.mostRows(WIDE) ? WIDE * LANES : PANEL_COLUMNS;
    for (int j = 0; j < columns; j += width) {
      Field.A.set(workspace, a);
      Field.B.set(workspace, b + FLOAT * j);
      Field.C.set(workspace, c + FLOAT * j);
      blocks.run(workspace, m, Math.min(width, columns - j));
    }
  }
}
