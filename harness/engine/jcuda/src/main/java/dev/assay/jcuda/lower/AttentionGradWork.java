package dev.assay.jcuda.lower;

import dev.assay.jcuda.driver.Launch.Grid;
import dev.assay.tensor.DType;
import dev.assay.tensor.plan.Kernel;
import java.util.ArrayList;
import java.util.List;

/** The adjoints of attention: of the queries in one launch, of keys and values in another. */
record AttentionGradWork(Kernel.AttentionGrad kernel, Addresses addresses, Precision precision)
    implements Work {
  private static final int WARP = 32;

  private int rows() {
    int[] q = kernel.q().dims();
    return q[0] * q[1] * q[2];
  }

  @Override
  public long workspaceBytes() {
    return (long) rows() * DType.BYTES;
  }

  @Override
  public List<Call> calls(long workspace) {
    AttentionShape shape =
        AttentionShape.of(
            kernel.q(), kernel.k(), kernel.op().scale(), kernel.op().causal(), precision);
    boolean packed = shape.queries() == shape.keys();
    int width = shape.width();
    int all = shape.heads() + 2 * shape.groups();
    long out = addresses.of(kernel.out());
    Heads ofQueries = Heads.merged(out, packed ? all : shape.heads(), shape.queries(), width);
    Heads ofKeys =
        Heads.merged(out, packed ? all : shape.groups(), shape.keys(), width)
            .after(packed ? (long) shape.heads() * width : kernel.q().size());
    Heads ofValues = ofKeys.after(packed ? (long) shape.groups() * width : kernel.k().size());

    List<Number> common = new ArrayList<>(shape.arguments());
    Heads adjoint = Heads.of(kernel.adjoint(), addresses);
    common.addAll(Heads.of(kernel.q(), addresses).arguments());
    common.addAll(Heads.of(kernel.k(), addresses).arguments());
    common.addAll(Heads.of(kernel.v(), addresses).arguments());
    common.addAll(adjoint.arguments());
    common.add(addresses.of(kernel.logSumExp()));
    common.add(workspace);
    common.add(kernel.lengths() == null ? 0L : addresses.of(kernel.lengths()));

    List<Number> queries = new ArrayList<>(common);
    queries.addAll(ofQueries.arguments());
    List<Number> keys = new ArrayList<>(common);
    keys.addAll(ofKeys.arguments());
    keys.addAll(ofValues.arguments());
    return List.of(
        inner(shape, adjoint, workspace),
        shape.call("attention_queries", 2, shape.heads(), shape.queries(), queries),
        shape.call("attention_keys", 2, shape.groups(), shape.keys(), keys));
  }

  /** The products of outputs and their adjoints, which both other launches read. */
  private Call inner(AttentionShape shape, Heads adjoint, long workspace) {
    List<Number> arguments = new ArrayList<>();
    arguments.addAll(Heads.of(kernel.output(), addresses).arguments());
    arguments.addAll(adjoint.arguments());
    arguments.add(workspace);
    arguments.addAll(List.of(shape.heads(), shape.queries(), shape.width(), rows()));
    int warps = AttentionShape.THREADS / WARP;
    Grid grid = Grid.of((rows() + warps - 1) / warps);
    return Call.committed(
        "attention", "attention_inner", grid, AttentionShape.THREADS, 0, arguments);
  }
}
