package dev.assay.jcuda.lower;

import dev.assay.tensor.DType;
import dev.assay.tensor.plan.View;
import java.util.List;

/**
 * Where [batch, heads, time, width] lies: the address, and distances in elements along the first
 * three axes; the last is dense.
 */
record Heads(long address, long batch, long head, long time) {
  static Heads of(View view, Addresses addresses) {
    int[] strides = view.strides();
    return new Heads(addresses.of(view), strides[0], strides[1], strides[2]);
  }

  /** Of [batch, time, heads, width] without gaps. */
  static Heads merged(long address, int heads, int time, int width) {
    return new Heads(address, (long) time * heads * width, width, (long) heads * width);
  }

  /** What lies a number of elements further. */
  Heads after(long elements) {
    return new Heads(address + elements * DType.BYTES, batch, head, time);
  }

  /** The arguments of a kernel. */
  List<Number> arguments() {
    return List.of(address, batch, head, time);
  }
}
