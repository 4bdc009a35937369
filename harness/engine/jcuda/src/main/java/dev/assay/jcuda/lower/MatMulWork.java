package dev.assay.jcuda.lower;

import dev.assay.jcuda.driver.Launch.Grid;
import dev.assay.jcuda.ptx.Epilogue;
import dev.assay.tensor.DType;
import dev.assay.tensor.plan.Kernel;
import dev.assay.tensor.plan.View;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Matrix products. */
final class MatMulWork implements Work {
  /** Layers of a grid at most. */
  static final int LAYERS = 65535;

  private static final int THREADS = 256;

  /** Rows and elements of the summed axis that a block rounds. */
  private static final int PACK_ROWS = 32;

  private static final int PACK_DEPTH = 64;

  /** Of parts of the workspace. */
  private static final int ALIGNMENT = 256;

  private final Matrix a;
  private final Matrix b;
  private final long out;
  private final int batch;
  private final int m;
  private final int n;
  private final int k;
  private final Precision precision;
  private final @Nullable Panels panels;
  private final Tiling tiling;
  private final @Nullable Ending ending;

  /** What becomes of the results. */
  private record Ending(Epilogue epilogue, List<Number> views) {}

  private MatMulWork(
      Matrix a,
      Matrix b,
      long out,
      int batch,
      int m,
      int n,
      int k,
      Precision precision,
      @Nullable Ending ending) {
    this.a = a;
    this.b = b;
    this.out = out;
    this.batch = batch;
    this.m = m;
    this.n = n;
    this.k = k;
    this.precision = precision;
    this.ending = ending;
    panels = Panels.of(batch, m, n, k, precision);
    int largest = precision.tensorCores() ? Tiling.MIDDLE : Tiling.LARGE;
    tiling = Tiling.of(batch, m, n, k, true, largest, precision);
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
    return new MatMulWork(a, b, addresses.of(kernel.out()), batch, m, n, k, precision, null);
  }

  /**
   * The same product, whose results go through an epilogue alone.
   *
   * @param views addresses of the epilogue's views
   */
  MatMulWork with(Epilogue epilogue, List<Number> views) {
    return new MatMulWork(a, b, out, batch, m, n, k, precision, new Ending(epilogue, views));
  }

  /** Whether a launch leaves finished results, so that it can take an epilogue. */
  boolean isWhole() {
    return parts() == 1;
  }

  private int parts() {
    return panels == null ? tiling.parts() : panels.parts();
  }

  private long partialBytes() {
    return parts() == 1 ? 0 : aligned((long) batch * parts() * m * n * DType.BYTES);
  }

  private static long aligned(long bytes) {
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** As a library is asked for it. */
  Gemm gemm() {
    return new Gemm(a.factor(), b.factor(), out, batch, m, n, k, precision);
  }

  @Override
  public long workspaceBytes() {
    long packed =
        panels == null
            ? 0
            : aligned(panels.bytes(a.layers(batch), m)) + panels.bytes(b.layers(batch), n);
    return partialBytes() + packed;
  }

  @Override
  public List<Call> calls(long workspace) {
    int parts = parts();
    long into = parts == 1 ? out : workspace;
    List<Call> calls = new ArrayList<>();
    if (panels == null) {
      direct(into, calls);
    } else {
      throughPanels(panels, into, workspace + partialBytes(), calls);
    }
    if (parts > 1) {
      calls.add(Call.rows("combine", (long) batch * m * n, workspace, out, batch, parts, m * n, 0));
    }
    return calls;
  }

  private void direct(long into, List<Call> calls) {
    int parts = tiling.parts();
    String name =
        "matmul_%s_%d_%s%s"
            .formatted(
                precision.id(), tiling.size(), a.transposed ? "t" : "n", b.transposed ? "t" : "n");
    int atOnce = LAYERS / parts;
    for (int first = 0; first < batch; first += atOnce) {
      int count = Math.min(atOnce, batch - first);
      Grid grid = new Grid(tiling.blocksOf(m), tiling.blocksOf(n), count * parts);
      List<Number> arguments = results(into, first * parts);
      arguments.addAll(List.of(a.address, b.address, k, a.leading, b.leading, a.stride, b.stride));
      arguments.addAll(List.of(parts, tiling.share()));
      calls.add(ended(Call.committed("matmul", name, grid, THREADS, 0, arguments)));
    }
  }

  private void throughPanels(Panels cut, long into, long packed, List<Call> calls) {
    long packedToo = packed + aligned(cut.bytes(a.layers(batch), m));
    calls.add(pack(cut, a, m, !a.transposed, packed));
    calls.add(pack(cut, b, n, b.transposed, packedToo));
    String name = "matmul_%s_panels_%d".formatted(precision.id(), cut.columns());
    int pitch = (int) (cut.bytes(1, 1) / 16);
    int parts = cut.parts();
    int atOnce = LAYERS / parts;
    for (int first = 0; first < batch; first += atOnce) {
      int count = Math.min(atOnce, batch - first);
      Grid grid =
          new Grid(Panels.count(m, Panels.ROWS), Panels.count(n, cut.columns()), count * parts);
      List<Number> arguments = results(into, first * parts);
      arguments.addAll(List.of(packed, packedToo, pitch));
      arguments.addAll(
          List.of(
              a.stride == 0 ? 0L : (long) m * pitch,
              b.stride == 0 ? 0L : (long) n * pitch,
              parts,
              cut.share()));
      calls.add(
          ended(Call.committed("matmul", name, grid, cut.threads(), cut.sharedBytes(), arguments)));
    }
  }

  /**
   * Rounds an operand.
   *
   * @param rows of A, or columns of B
   * @param plain whether the summed axis is the dense one
   */
  private Call pack(Panels cut, Matrix x, int rows, boolean plain, long into) {
    int width = cut.width(precision);
    return Call.committed(
        "matmul",
        "matmul_" + precision.id() + "_pack",
        new Grid(Panels.count(rows, PACK_ROWS), Panels.count(width, PACK_DEPTH), x.layers(batch)),
        THREADS,
        0,
        List.of(
            x.address,
            into,
            rows,
            k,
            plain ? x.leading : 1,
            plain ? 1 : x.leading,
            x.stride,
            width));
  }

  /** The first parameters of a kernel. */
  private List<Number> results(long into, int first) {
    return new ArrayList<>(List.of(into, m, n, first, ending == null ? 0 : 1));
  }

  private Call ended(Call call) {
    return ending == null ? call : call.with(ending.epilogue, ending.views);
  }

  /** Matrices of a batch: one stride between them, and from row to row of what is stored. */
  private record Matrix(long address, long stride, boolean transposed, int leading) {
    Gemm.Factor factor() {
      return new Gemm.Factor(address, stride, transposed, leading);
    }

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

    /** Matrices that differ. */
    int layers(int batch) {
      return stride == 0 ? 1 : batch;
    }
  }
}
