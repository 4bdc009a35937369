package dev.assay.tensor.reference;

import dev.assay.tensor.Backend;
import dev.assay.tensor.suite.OperatorSuite;

/** The suite holds where both sides are the reference. */
class ReferenceOperatorTest extends OperatorSuite {
  private static final Backend BACKEND = new ReferenceBackend();

  @Override
  public Backend backend() {
    return BACKEND;
  }
}
