package dev.assay.cpu.lower;

import dev.assay.cpu.gemm.Gemm;
import dev.assay.cpu.kernel.AttentionGradKernel;
import dev.assay.cpu.kernel.AttentionKernel;
import dev.assay.cpu.kernel.AttentionShape;
import dev.assay.cpu.kernel.ConvolutionShape;
import dev.assay.cpu.kernel.Convolutions;
import dev.assay.cpu.kernel.FewRowsKernel;
import dev.assay.cpu.kernel.Heads;
import dev.assay.cpu.kernel.MatMulKernel;
import dev.assay.cpu.kernel.MatMulShape;
import dev.assay.cpu.kernel.OneQueryKernel;
import dev.assay.cpu.kernel.PackedMatMulKernel;
import dev.assay.cpu.kernel.PackedMatMulKernel.Panels;
import dev.assay.cpu.x86.BlockKernels;
import dev.assay.tensor.DType;
import dev.assay.tensor.Op;
import dev.assay.tensor.plan.Kernel;
import dev.assay.tensor.plan.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns the kernels of a plan into steps. */
public final class Lowering {
  private static final long BYTES = DType.BYTES;

  private final Addresses addresses;
  private final Constants constants;
  private final Gemm gemm;
  private final List<FewRowsStep> fewRows = new ArrayList<>();
  private final Repeats repeats;
  private final Map<Repeats.Group, Long> panels = new HashMap<>();

  /**
   * @param phases the kernels of the whole plan, those of a phase at the same time
   */
  public Lowering(Addresses addresses, Constants constants, Gemm gemm, List<List<Kernel>> phases) {
    this.addresses = addresses;
    this.constants = constants;
    this.gemm = gemm;
    repeats = Repeats.of(phases, product -> PackedMatMulKernel.suits(shape(product)));
  }

  /** Of the steps made so far, those that want to be prepared before each run. */
  public List<FewRowsStep> fewRows() {
    return fewRows;
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
      case Kernel.MatMulTile fused -> throw new IllegalStateException("not asked for: " + fused);
      case Kernel.Conv conv -> convolution(conv);
      case Kernel.Attention attention -> attention(attention);
      case Kernel.AttentionGrad gradient -> attentionGrad(gradient);
      case Kernel.Gather gather -> new RowSteps.GatherStep(gather, addresses);
      case Kernel.ScatterAdd scatter -> new RowSteps.ScatterAddStep(scatter, addresses);
      case Kernel.PutRows put -> new RowSteps.PutRowsStep(put, addresses);
      case Kernel.ArgMax argMax -> new RowSteps.ArgMaxStep(argMax, addresses);
      case Kernel.Random random -> new RowSteps.RandomStep(random, addresses);
      case Kernel.Pad pad -> new RowSteps.PadStep(pad, addresses);
    };
  }

  private Step matmul(Kernel.MatMul kernel) {
    MatMulShape shape = shape(kernel);
    LongSupplier version = constants.version(kernel.b().buffer());
    if (version != null && FewRowsKernel.suits(shape)) {
      FewRowsStep step =
          new FewRowsStep(
              shape,
              addresses.of(kernel.a()),
              addresses.of(kernel.b()),
              addresses.of(kernel.out()),
              version,
              constants);
      fewRows.add(step);
      return step;
    }
    return new KernelStep(
        gemm.blocks()
            .flatMap(blocks -> packed(blocks, shape, repeats.of(kernel)))
            .orElseGet(() -> new MatMulKernel(gemm, shape)),
        addresses.of(kernel.a()),
        addresses.of(kernel.b()),
        addresses.of(kernel.out()));
  }

  /** The product by panels of B, if others read the same B or it is the faster way. */
  private Optional<dev.assay.cpu.kernel.Kernel> packed(
      BlockKernels blocks, MatMulShape shape, Repeats.@Nullable Group group) {
    if (group != null) {
      Long made = panels.get(group);
      long address = made == null ? constants.allocate(PackedMatMulKernel.panelBytes(shape)) : made;
      panels.put(group, address);
      return Optional.of(
          new PackedMatMulKernel(
              blocks, shape, made == null ? Panels.FIRST : Panels.SHARED, address));
    }
    return PackedMatMulKernel.suitsAlone(shape)
        ? Optional.of(new PackedMatMulKernel(blocks, shape, Panels.OWN, 0))
        : Optional.empty();
  }

  private static MatMulShape shape(Kernel.MatMul kernel) {
    int[] dims = kernel.out().dims();
    int m = dims[dims.length - 2];
    int n = dims[dims.length - 1];
    Matrix a = Matrix.of(kernel.a());
    Matrix b = Matrix.of(kernel.b());
    int k = kernel.a().dims()[dims.length - 1];
    return new MatMulShape(
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
  }

  private Step convolution(Kernel.Conv conv) {
    int[] first = conv.first().dims();
    int[] second = conv.second().dims();
    int[] out = conv.out().dims();
    dev.assay.cpu.kernel.Kernel kernel =
        switch (conv.op()) {
          case Op.Conv2d(Op.Window window) ->
              Convolutions.forward(gemm, extents(first, second, window));
          case Op.Conv2dInput(Op.Window window, int _, int _) ->
              Convolutions.input(gemm, extents(out, second, window));
          case Op.Conv2dFilter(Op.Window window, int _, int _) ->
              Convolutions.filter(gemm, extents(first, out, window));
          default -> throw new IllegalStateException("no convolution: " + conv.op());
        };
    return new KernelStep(
        kernel, addresses.of(conv.first()), addresses.of(conv.second()), addresses.of(conv.out()));
  }

  /**
   * @param x [batch, height, width, channels]
   * @param filter [height, width, channels of a group, outputs]
   */
  private static ConvolutionShape extents(int[] x, int[] filter, Op.Window window) {
    return new ConvolutionShape(x[0], x[1], x[2], x[3], filter[0], filter[1], filter[3], window);
  }

  private Step attention(Kernel.Attention kernel) {
    AttentionShape shape =
        extents(
            kernel.q(), kernel.k(), kernel.op().scale(), kernel.op().causal(), kernel.lengths());
    long out = addresses.of(kernel.out());
    Heads q = heads(kernel.q());
    Heads k = heads(kernel.k());
    Heads v = heads(kernel.v());
    Heads output = merged(shape.heads(), shape.queries(), shape.width());
    return new KernelStep(
        shape.queries() == 1
            ? new OneQueryKernel(shape, q, k, v, output)
            : new AttentionKernel(gemm, shape, q, k, v, output),
        addresses(
            List.of(kernel.q(), kernel.k(), kernel.v()),
            kernel.lengths(),
            out,
            out + kernel.q().size() * BYTES));
  }

  private Step attentionGrad(Kernel.AttentionGrad kernel) {
    AttentionShape shape =
        extents(
            kernel.q(), kernel.k(), kernel.op().scale(), kernel.op().causal(), kernel.lengths());
    boolean packed = shape.queries() == shape.keys();
    int all = shape.heads() + 2 * shape.groups();
    int width = shape.width();
    Heads ofQueries = merged(packed ? all : shape.heads(), shape.queries(), width);
    Heads ofKeys = merged(packed ? all : shape.groups(), shape.keys(), width);
    AttentionGradKernel.Layout layout =
        new AttentionGradKernel.Layout(
            heads(kernel.q()),
            heads(kernel.k()),
            heads(kernel.v()),
            heads(kernel.output()),
            heads(kernel.adjoint()),
            ofQueries,
            ofKeys,
            ofKeys);
    long dq = addresses.of(kernel.out());
    long dk = dq + (packed ? shape.heads() * width : kernel.q().size()) * BYTES;
    long dv = dk + (packed ? shape.groups() * width : kernel.k().size()) * BYTES;
    return new KernelStep(
        new AttentionGradKernel(gemm, shape, layout),
        addresses(
            List.of(
                kernel.q(),
                kernel.k(),
                kernel.v(),
                kernel.output(),
                kernel.logSumExp(),
                kernel.adjoint()),
            kernel.lengths(),
            dq,
            dk,
            dv));
  }

  private static AttentionShape extents(
      View q, View k, float scale, boolean causal, @Nullable View lengths) {
    int[] queries = q.dims();
    int[] keys = k.dims();
    return new AttentionShape(
        queries[0],
        queries[1],
        keys[1],
        queries[2],
        keys[2],
        queries[3],
        scale,
        causal,
        lengths != null);
  }

  /** Of [batch, time, heads, width] without gaps. */
  private static Heads merged(int heads, int time, int width) {
    return new Heads((long) time * heads * width, width, heads * width);
  }

  private static Heads heads(View view) {
    int[] strides = view.strides();
    return new Heads(strides[0], strides[1], strides[2]);
  }

  /** Of the operands, then of the lengths if there are any, then of the results. */
  private long[] addresses(List<View> operands, @Nullable View lengths, long... results) {
    LongStream given = operands.stream().mapToLong(addresses::of);
    LongStream counts = lengths == null ? LongStream.empty() : LongStream.of(addresses.of(lengths));
    return Stream.of(given, counts, Arrays.stream(results))
        .flatMapToLong(Function.identity())
        .toArray();
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
