package dev.assay.tensor;

import dev.assay.tensor.suite.OperatorSuite;

/** Plans compute what their graphs say, whatever is fused, moved, shared or written in place. */
class PlannerTest extends OperatorSuite {
  private static final Backend BACKEND = new PlanBackend();

  @Override
  public Backend backend() {
    return BACKEND;
  }
}
