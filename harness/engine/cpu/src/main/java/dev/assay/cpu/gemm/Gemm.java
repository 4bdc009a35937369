package dev.assay.cpu.gemm;

import dev.assay.cpu.x86.BlockKernels;
import java.util.Optional;

/**
 * A single-precision matrix product that runs on the calling thread alone, may be called by several
 * threads at once and gives the same bits for the same operands.
 */
public interface Gemm {
  /** {@code avx512}, {@code dnnl}, {@code openblas} or {@code java}. */
  String name();

  /** The kind of processor that its kernels are made for, such as {@code SkylakeX}. */
  String core();

  /**
   * Functions for kernels that are no plain product, to be used beside this one; none where they
   * cannot run, or where the bits of plain Java or of OpenBLAS are wanted.
   */
  default Optional<BlockKernels> blocks() {
    return Optional.empty();
  }

  /**
   * C ← alpha · op(A) op(B) + beta · C, all row-major: op(A) [m, k], op(B) [k, n], C [m, n]. With
   * beta = 0 what C held does not matter, NaN included. C overlaps neither A nor B.
   *
   * @param transA whether A is stored [k, m], op(A) its transpose
   * @param transB whether B is stored [n, k]
   * @param a address in bytes
   * @param lda floats from one stored row of A to the next
   */
  void multiply(
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
      int ldc);
}
