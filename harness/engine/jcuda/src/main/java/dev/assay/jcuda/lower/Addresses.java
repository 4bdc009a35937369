package dev.assay.jcuda.lower;

import dev.assay.tensor.DType;
import dev.assay.tensor.plan.Buffer;
import dev.assay.tensor.plan.View;

/** Where the buffers of a program lie on the device. */
@FunctionalInterface
public interface Addresses {
  /** Address of a buffer's first element. */
  long of(Buffer buffer);

  /** Address of a view's first element. */
  default long of(View view) {
    return of(view.buffer()) + (long) view.offset() * DType.BYTES;
  }
}
