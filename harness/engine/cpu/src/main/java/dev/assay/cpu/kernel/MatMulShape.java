package dev.assay.cpu.kernel;

/**
 * C = op(A) op(B) for each of {@code batch} matrices: op(A) [m, k], op(B) [k, n], C [m, n], in
 * row-major storage. Extents and strides count floats.
 *
 * @param transA whether A is stored [k, m]
 * @param lda from one stored row of A to the next
 * @param strideA from one matrix A to the next; 0 to use one for all
 * @param transB whether B is stored [n, k]
 */
public record MatMulShape(
    int batch,
    int m,
    int n,
    int k,
    boolean transA,
    int lda,
    long strideA,
    boolean transB,
    int ldb,
    long strideB,
    int ldc,
    long strideC) {

  /** Checks that rows do not overlap and that the matrices of C do not. */
  public MatMulShape {
    if (batch < 0 || m < 0 || n < 0 || k < 0) {
      throw new IllegalArgumentException(
          "batch=%d m=%d n=%d k=%d: extents cannot be negative".formatted(batch, m, n, k));
    }
    if (lda < (transA ? m : k) || ldb < (transB ? k : n) || ldc < n) {
      throw new IllegalArgumentException(
          "lda=%d ldb=%d ldc=%d: shorter than a row of m=%d n=%d k=%d, transA=%s transB=%s"
              .formatted(lda, ldb, ldc, m, n, k, transA, transB));
    }
  }

  /** Matrices stored one after another without gaps. */
  public static MatMulShape packed(int batch, int m, int n, int k, boolean transA, boolean transB) {
    return new MatMulShape(
        batch,
        m,
        n,
        k,
        transA,
        transA ? m : k,
        (long) m * k,
        transB,
        transB ? k : n,
        (long) k * n,
        n,
        (long) m * n);
  }

  /** One product with all rows of A, where the batch shares B and the rows lie evenly. */
  MatMulShape folded() {
    boolean even = !transA && strideA == (long) m * lda && strideC == (long) m * ldc;
    if (batch < 2 || strideB != 0 || !even || (long) batch * m > Integer.MAX_VALUE) {
      return this;
    }
    return new MatMulShape(1, batch * m, n, k, false, lda, 0, transB, ldb, 0, ldc, 0);
  }
}
