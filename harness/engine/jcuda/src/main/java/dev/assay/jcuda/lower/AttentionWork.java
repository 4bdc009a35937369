package dev.assay.jcuda.lower;

import dev.assay.tensor.DType;
import dev.assay.tensor.plan.Kernel;
import java.util.ArrayList;
import java.util.List;

/** Attention. */
record AttentionWork(Kernel.Attention kernel, Addresses addresses, Precision precision)
    implements Work {
  @Override
  public List<Call> calls(long workspace) {
    AttentionShape shape =
        AttentionShape.of(
            kernel.q(), kernel.k(), kernel.op().scale(), kernel.op().causal(), precision);
    long out = addresses.of(kernel.out());
    List<Number> arguments = new ArrayList<>(shape.arguments());
    arguments.addAll(Heads.of(kernel.q(), addresses).arguments());
    arguments.addAll(Heads.of(kernel.k(), addresses).arguments());
    arguments.addAll(Heads.of(kernel.v(), addresses).arguments());
    arguments.add(kernel.lengths() == null ? 0L : addresses.of(kernel.lengths()));
    arguments.addAll(Heads.merged(out, shape.heads(), shape.queries(), shape.width()).arguments());
    arguments.add(out + (long) kernel.q().size() * DType.BYTES);
    return List.of(shape.call("attention", 1, shape.heads(), shape.queries(), arguments));
  }
}
