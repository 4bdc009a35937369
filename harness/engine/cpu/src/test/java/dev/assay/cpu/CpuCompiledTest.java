package dev.assay.cpu;

import dev.assay.tensor.Backend;
import dev.assay.tensor.suite.CompiledSuite;

final class CpuCompiledTest extends CompiledSuite {
  @Override
  protected Backend open(int threads) {
    return new CpuBackend(threads);
  }
}
