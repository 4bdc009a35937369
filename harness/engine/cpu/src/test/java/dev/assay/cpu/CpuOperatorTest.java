package dev.assay.cpu;

import dev.assay.tensor.Backend;
import dev.assay.tensor.suite.OperatorSuite;
import org.junit.jupiter.api.AfterAll;

final class CpuOperatorTest extends OperatorSuite {
  private static final CpuBackend BACKEND = new CpuBackend(3);

  @Override
  public Backend backend() {
    return BACKEND;
  }

  @AfterAll
  static void close() {
    BACKEND.close();
  }
}
