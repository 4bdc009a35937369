package dev.assay.jcuda.lower;

import java.util.List;

/** One kernel of a plan as launches. */
public interface Work {
  /** Memory that the launches share among themselves; what it held before does not matter. */
  default long workspaceBytes() {
    return 0;
  }

  /**
   * The launches, in order.
   *
   * @param workspace address of {@link #workspaceBytes} bytes, at a multiple of 256
   */
  List<Call> calls(long workspace);
}
