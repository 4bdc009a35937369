package dev.assay.jcuda.lower;

import dev.assay.jcuda.driver.Launch.Grid;
import dev.assay.tensor.DType;
import dev.assay.tensor.plan.Kernel;
import java.util.ArrayList;
import java.util.List;

/** Attention. */
record AttentionWork(Kernel.Attention kernel, Addresses addresses) implements Work {
  @Override
  public List<Call> calls(long workspace) {
    AttentionShape shape =
        AttentionShape.of(kernel.q(), kernel.k(), kernel.op().scale(), kernel.op().causal());
    long out = addresses.of(kernel.out());
    List<Number> arguments = new ArrayList<>(shape.arguments());
    arguments.addAll(Heads.of(kernel.q(), addresses).arguments());
    arguments.addAll(Heads.of(kernel.k(), addresses).arguments());
    arguments.addAll(Heads.of(kernel.v(), addresses).arguments());
    arguments.add(kernel.lengths() == null ? 0L : addresses.of(kernel.lengths()));
    arguments.addAll(Heads.merged(out, shape.heads(), shape.queries(), shape.width()).arguments());
    arguments.add(out + (long) kernel.q().size() * DType.BYTES);
    Grid grid = new Grid(shape.batch() * shape.heads(), shape.blocks(shape.queries()), 1);
    return List.of(
        Call.committed(
            "attention",
            "attention_" + shape.parts(),
            grid,
            AttentionShape.THREADS,
            shape.sharedBytes(1),
            arguments));
  }
}
