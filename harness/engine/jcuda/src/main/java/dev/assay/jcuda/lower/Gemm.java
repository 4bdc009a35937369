package dev.assay.jcuda.lower;

/**
 * A matrix product C[batch, m, n] = A[batch, m, k] · B[batch, k, n], all in fp32 and row by row; C
 * is dense.
 *
 * @param out address of C
 */
public record Gemm(
    Factor a, Factor b, long out, int batch, int m, int n, int k, Precision precision) {
  /**
   * Matrices of a batch.
   *
   * @param stride elements from one matrix to the next
   * @param transposed whether it is stored column by column
   * @param leading elements from a row (a column, if transposed) to the next
   */
  public record Factor(long address, long stride, boolean transposed, int leading) {
    private String layout() {
      return (transposed ? "t" : "n") + leading + (stride == 0 ? "" : "+" + stride);
    }
  }

  /** All that its time depends on, in one word. */
  public String shape() {
    return "%s:%dx%dx%d*%d:%s:%s".formatted(precision.id(), m, n, k, batch, a.layout(), b.layout());
  }

  /** The same product for some of the batch. */
  public Gemm part(int first, int count) {
    return new Gemm(
        after(a, first),
        after(b, first),
        out + (long) first * m * n * Float.BYTES,
        count,
        m,
        n,
        k,
        precision);
  }

  private static Factor after(Factor factor, int matrices) {
    return new Factor(
        factor.address + matrices * factor.stride * Float.BYTES,
        factor.stride,
        factor.transposed,
        factor.leading);
  }
}
