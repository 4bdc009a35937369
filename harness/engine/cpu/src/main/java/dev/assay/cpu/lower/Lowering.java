package dev.assay.cpu.lower;

import dev.assay.cpu.gemm.Gemm;
import dev.assay.cpu.kernel.MatMulKernel;
import dev.assay.cpu.kernel.MatMulShape;
import dev.assay.tensor.plan.Kernel;
import dev.assay.tensor.plan.View;
import java.util.List;

/** Turns the kernels of a plan into steps. */
public final class Lowering {
  private final Addresses addresses;
  private final Gemm gemm;

  public Lowering(Addresses addresses, Gemm gemm) {
    this.addresses = addresses;
    this.gemm = gemm;
  }

  /** Steps of kernels that may run at the same time. */
  public List<Step> steps(List<Kernel> kernels) {
    return kernels.stream().map(this::step).toList();
  }

  private Step step(Kernel kernel) {
    return switch (kernel) {
      case Kernel.Tile tile -> new TileStep(tile, addresses);
      case Kernel.ReduceMiddle reduce -> new ReduceStep(reduce, addresses);
      case Kernel.MatMul matmul -> matmul(matmul);
      case Kernel.Conv conv -> ConvSteps.of(conv, gemm, addresses);
      case Kernel.Attention attention -> new AttentionSteps.Forward(attention, gemm, addresses);
      case Kernel.AttentionGrad attention ->
          new AttentionSteps.Backward(attention, gemm, addresses);
      case Kernel.Gather gather -> new RowSteps.GatherStep(gather, addresses);
      case Kernel.ScatterAdd scatter -> new RowSteps.ScatterAddStep(scatter, addresses);
      case Kernel.PutRows put -> new RowSteps.PutRowsStep(put, addresses);
      case Kernel.ArgMax argMax -> new RowSteps.ArgMaxStep(argMax, addresses);
      case Kernel.Random random -> new RowSteps.RandomStep(random, addresses);
      case Kernel.Pad pad -> new RowSteps.PadStep(pad, addresses);
    };
  }

  private Step matmul(Kernel.MatMul kernel) {
    int[] dims = kernel.out().dims();
    int m = dims[dims.length - 2];
    int n = dims[dims.length - 1];
    Matrix a = Matrix.of(kernel.a());
    Matrix b = Matrix.of(kernel.b());
    int k = kernel.a().dims()[dims.length - 1];
    MatMulShape shape =
        new MatMulShape(
            a.batch,
            m,
            n,
            k,
            a.transposed,
            a.leading,
            a.stride,
            b.transposed,
            b.leading,
            b.stride,
            n,
            (long) m * n);
    return new KernelStep(
        new MatMulKernel(gemm, shape),
        addresses.of(kernel.a()),
        addresses.of(kernel.b()),
        addresses.of(kernel.out()));
  }

  /** Batched matrices as BLAS sees them. */
  private record Matrix(int batch, long stride, boolean transposed, int leading) {
    static Matrix of(View view) {
      int[] dims = view.dims();
      int[] strides = view.strides();
      int last = dims.length - 1;
      boolean plain = strides[last] == 1 && strides[last - 1] >= dims[last];
      int batch = 1;
      long stride = 0;
      for (int i = last - 2; i >= 0; i--) {
        if (dims[i] != 1) {
          stride = batch == 1 ? strides[i] : stride;
          batch *= dims[i];
        }
      }
      return new Matrix(batch, stride, !plain, plain ? strides[last - 1] : strides[last]);
    }
  }
}
