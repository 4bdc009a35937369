package dev.assay.jcuda;

import dev.assay.jcuda.emulator.EmulatedDriver;
import dev.assay.jcuda.lower.Precision;
import dev.assay.tensor.Backend;
import dev.assay.tensor.suite.OperatorSuite;
import org.junit.jupiter.api.AfterAll;

/** All operations, on an emulated device: generated and committed kernels as they are, in PTX. */
final class JcudaOperatorTest extends OperatorSuite {
  private static final JcudaBackend BACKEND =
      new JcudaBackend(new EmulatedDriver(75, 1L << 32), Precision.FP32);

  @Override
  public Backend backend() {
    return BACKEND;
  }

  @AfterAll
  static void close() {
    BACKEND.close();
  }
}
