package dev.assay.cpu.gemm;

import static dev.assay.cpu.memory.Memory.LANES;
import static dev.assay.cpu.memory.Memory.load;
import static dev.assay.cpu.memory.Memory.store;

import dev.assay.cpu.memory.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * The product in Java's Vector API, for machines without a native library: blocks of A and B are
 * copied into panels that a register-blocked kernel reads in sequence. Goto and van de Geijn 2008,
 * Anatomy of high-performance matrix multiplication.
 */
final class JavaGemm implements Gemm {
  /** Rows and columns of C that the kernel holds in registers. */
  private static final int ROWS = 6;

  private static final int COLUMNS = 2 * LANES;

  /** Block extents: panels of A stay in the second-level cache, a panel of B in the first. */
  private static final int BLOCK_M = 16 * ROWS;

  private static final int BLOCK_N = 16 * COLUMNS;
  private static final int BLOCK_K = 256;

  private static final long PANELS_A = 0;
  private static final long PANELS_B = PANELS_A + 4L * BLOCK_M * BLOCK_K;
  private static final long REGISTERS = PANELS_B + 4L * BLOCK_N * BLOCK_K;
  private static final long WORKSPACE = REGISTERS + 4L * ROWS * COLUMNS;

  private static final ThreadLocal<MemorySegment> WORKSPACES =
      ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(WORKSPACE, Memory.ALIGNMENT));

  @Override
  public String name() {
    return "java";
  }

  @Override
  public String core() {
    return Memory.FLOATS.vectorBitSize() + " bits";
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
    if (k == 0 || m <= FewRows.LIMIT) {
      FewRows.multiply(transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
      return;
    }
    long workspace = WORKSPACES.get().address();
    for (int kk = 0; kk < k; kk += BLOCK_K) {
      int depth = Math.min(BLOCK_K, k - kk);
      float scale = kk == 0 ? beta : 1;
      for (int nn = 0; nn < n; nn += BLOCK_N) {
        int columns = Math.min(BLOCK_N, n - nn);
        long from = b + 4L * (transB ? (long) nn * ldb + kk : (long) kk * ldb + nn);
        Panels.pack(!transB, COLUMNS, columns, depth, from, ldb, workspace + PANELS_B);
        for (int mm = 0; mm < m; mm += BLOCK_M) {
          int rows = Math.min(BLOCK_M, m - mm);
          long left = a + 4L * (transA ? (long) kk * lda + mm : (long) mm * lda + kk);
          Panels.pack(transA, ROWS, rows, depth, left, lda, workspace + PANELS_A);
          block(
              rows, columns, depth, alpha, scale, workspace, c + 4L * ((long) mm * ldc + nn), ldc);
        }
      }
    }
  }

  private static void block(
      int m, int n, int k, float alpha, float beta, long workspace, long c, int ldc) {
    for (int j = 0; j < n; j += COLUMNS) {
      long right = workspace + PANELS_B + 4L * j * k;
      for (int i = 0; i < m; i += ROWS) {
        kernel(k, workspace + PANELS_A + 4L * i * k, right, workspace + REGISTERS);
        long at = c + 4L * ((long) i * ldc + j);
        int rows = Math.min(ROWS, m - i);
        int columns = Math.min(COLUMNS, n - j);
        for (int row = 0; row < rows; row++) {
          long from = workspace + REGISTERS + 4L * row * COLUMNS;
          add(columns, alpha, from, beta, at + 4L * row * ldc);
        }
      }
    }
  }

  /** The product of a panel of A and a panel of B, into {@code out} [ROWS, COLUMNS]. */
  private static void kernel(int k, long a, long b, long out) {
    FloatVector c00 = FloatVector.zero(Memory.FLOATS);
    FloatVector c01 = c00;
    FloatVector c10 = c00;
    FloatVector c11 = c00;
    FloatVector c20 = c00;
    FloatVector c21 = c00;
    FloatVector c30 = c00;
    FloatVector c31 = c00;
    FloatVector c40 = c00;
    FloatVector c41 = c00;
    FloatVector c50 = c00;
    FloatVector c51 = c00;
    for (int p = 0; p < k; p++) {
      long row = b + 4L * COLUMNS * p;
      long column = a + 4L * ROWS * p;
      FloatVector b0 = load(row);
      FloatVector b1 = load(row + 4L * LANES);
      FloatVector x = all(column);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = all(column + 4);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = all(column + 8);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = all(column + 12);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      x = all(column + 16);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      x = all(column + 20);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
    }
    pair(c00, c01, out);
    pair(c10, c11, out + 4L * COLUMNS);
    pair(c20, c21, out + 8L * COLUMNS);
    pair(c30, c31, out + 12L * COLUMNS);
    pair(c40, c41, out + 16L * COLUMNS);
    pair(c50, c51, out + 20L * COLUMNS);
  }

  private static FloatVector all(long address) {
    return FloatVector.broadcast(Memory.FLOATS, Memory.getFloat(address));
  }

  private static void pair(FloatVector left, FloatVector right, long out) {
    store(left, out);
    store(right, out + 4L * LANES);
  }

  /** c ← alpha x + beta c. */
  private static void add(int n, float alpha, long x, float beta, long c) {
    int i = 0;
    if (beta == 0) {
      for (; i + LANES <= n; i += LANES) {
        store(load(x + 4L * i).mul(alpha), c + 4L * i);
      }
    } else {
      for (; i + LANES <= n; i += LANES) {
        long at = c + 4L * i;
        store(load(x + 4L * i).mul(alpha).add(load(at).mul(beta)), at);
      }
    }
    for (; i < n; i++) {
      float old = beta == 0 ? 0 : beta * Memory.getFloat(c + 4L * i);
      Memory.setFloat(c + 4L * i, alpha * Memory.getFloat(x + 4L * i) + old);
    }
  }
}
