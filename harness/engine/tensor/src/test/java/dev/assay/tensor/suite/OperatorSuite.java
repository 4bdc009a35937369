package dev.assay.tensor.suite;

import dev.assay.tensor.Backend;

/**
 * What every backend must compute. Subclass it in a backend's tests; each test compares the backend
 * with the reference.
 */
public abstract class OperatorSuite implements FuzzTests {
  @Override
  public abstract Backend backend();
}
