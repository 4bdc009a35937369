package dev.assay.jcuda.ptx;

import dev.assay.tensor.DType;
import dev.assay.tensor.plan.Kernel.Pad;
import dev.assay.tensor.plan.View;
import java.util.List;

/** Padding: a thread writes one element, read from x if it lies inside. */
public final class PadKernel {
  private static final int THREADS = 256;

  private PadKernel() {}

  /** Writes the kernel; its views are x and the output. */
  public static Source of(Pad pad) {
    Assembly out = new Assembly();
    View x = pad.x();
    int[] dims = pad.out().dims();
    String source = out.address();
    String result = out.address();
    String block = out.s32("mov.u32", "%ctaid.x");
    String thread = out.s32("mov.u32", "%tid.x");
    String i = out.s32("mad.lo.s32", block, String.valueOf(THREADS), thread);
    String end = out.label();
    int size = pad.out().size();
    out.emitIf(out.predicate("setp.ge.u32", i, String.valueOf(size)), "bra", end);
    String[] index = IndexSpace.split(out, i, dims);
    String inside = out.predicate("setp.eq.u32", i, i);
    String address = source;
    for (int axis = 0; axis < dims.length; axis++) {
      String from = out.s32("sub.s32", index[axis], pad.op().before().get(axis).toString());
      // as unsigned numbers, negative ones are too large as well
      String extent = String.valueOf(x.dims()[axis]);
      inside = out.predicate("setp.lt.and.u32", from, extent, inside);
      address =
          IndexSpace.address(out, address, new String[] {from}, new int[] {x.strides()[axis]});
    }
    boolean floats = x.buffer().dtype() == DType.F32;
    int filler = floats ? Float.floatToRawIntBits(pad.op().value()) : (int) pad.op().value();
    String value = out.s32("mov.u32", String.valueOf(filler));
    out.emitIf(inside, "ld.global.u32", value, "[" + address + "]");
    String at = out.b64("mad.wide.s32", i, "4", result);
    out.emit("st.global.u32", "[" + at + "]", value);
    out.place(end);
    int blocks = (size + THREADS - 1) / THREADS;
    return new Source(
        out.text(), List.of(x, pad.out()), new int[] {blocks, 1, 1}, new int[] {THREADS, 1});
  }
}
