package dev.assay.jcuda.lower;

import dev.assay.jcuda.driver.Launch.Grid;
import dev.assay.tensor.DType;
import dev.assay.tensor.plan.Kernel;
import dev.assay.tensor.plan.View;
import java.util.ArrayList;
import java.util.List;

/** Matrix products. */
final class MatMulWork implements Work {
  private static final int THREADS = 256;

  /** Layers of a grid at most. */
  private static final int LAYERS = 65535;

  private final Matrix a;
  private final Matrix b;
  private final long out;
  private final int batch;
  private final int m;
  private final int n;
  private final int k;
  private final Tiling tiling;
  private final Precision precision;

  private MatMulWork(
      Matrix a, Matrix b, long out, int batch, int m, int n, int k, Precision precision) {
    this.a = a;
    this.b = b;
    this.out = out;
    this.batch = batch;
    this.m = m;
    this.n = n;
    this.k = k;
    this.precision = precision;
    tiling = Tiling.of(batch, m, n, k, true, precision);
  }

  static MatMulWork of(Kernel.MatMul kernel, Addresses addresses, Precision precision) {
    int[] dims = kernel.out().dims();
    int m = dims[dims.length - 2];
    int n = dims[dims.length - 1];
    int k = kernel.a().dims()[dims.length - 1];
    Matrix a = Matrix.of(kernel.a(), addresses);
    Matrix b = Matrix.of(kernel.b(), addresses);
    int batch = kernel.out().size() / (m * n);
    // a batch that shares B and lies evenly is one product with all rows of A
    boolean even = !a.transposed && a.stride == (long) m * a.leading && b.stride == 0;
    if (batch > 1 && even && (long) batch * m <= Integer.MAX_VALUE) {
      m *= batch;
      batch = 1;
    }
    return new MatMulWork(a, b, addresses.of(kernel.out()), batch, m, n, k, precision);
  }

  @Override
  public long workspaceBytes() {
    return tiling.parts() == 1 ? 0 : (long) batch * tiling.parts() * m * n * DType.BYTES;
  }

  @Override
  public List<Call> calls(long workspace) {
    int parts = tiling.parts();
    String name =
        "matmul_%s_%d_%s%s"
            .formatted(
                precision.id(), tiling.size(), a.transposed ? "t" : "n", b.transposed ? "t" : "n");
    long into = parts == 1 ? out : workspace;
    int atOnce = LAYERS / parts;
    List<Call> calls = new ArrayList<>();
    for (int first = 0; first < batch; first += atOnce) {
      int count = Math.min(atOnce, batch - first);
      Grid grid = new Grid(tiling.blocksOf(m), tiling.blocksOf(n), count * parts);
      List<Number> arguments =
          List.of(
              a.address + first * a.stride * DType.BYTES,
              b.address + first * b.stride * DType.BYTES,
              into + (long) first * parts * m * n * DType.BYTES,
              m,
              n,
              k,
              a.leading,
              b.leading,
              a.stride,
              b.stride,
              parts,
              tiling.share());
      calls.add(Call.committed("matmul", name, grid, THREADS, 0, arguments));
    }
    if (parts > 1) {
      calls.add(Call.rows("combine", (long) batch * m * n, workspace, out, batch, parts, m * n, 0));
    }
    return calls;
  }

  /** Matrices of a batch: one stride between them, and from row to row of what is stored. */
  private record Matrix(long address, long stride, boolean transposed, int leading) {
    static Matrix of(View view, Addresses addresses) {
      int[] dims = view.dims();
      int[] strides = view.strides();
      int last = dims.length - 1;
      boolean plain = strides[last] == 1 && strides[last - 1] >= dims[last];
      long stride = 0;
      for (int i = 0; i < last - 1; i++) {
        stride = dims[i] == 1 ? stride : strides[i];
      }
      return new Matrix(
          addresses.of(view), stride, !plain, plain ? strides[last - 1] : strides[last]);
    }
  }
}
