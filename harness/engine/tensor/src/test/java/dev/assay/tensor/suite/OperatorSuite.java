package dev.assay.tensor.suite;

import dev.assay.tensor.Backend;

/**
 * What every backend must compute. Subclass it in a backend's tests; each test compares the backend
 * with the reference.
 */
public abstract class OperatorSuite
    implements ElementwiseTests,
        MovementTests,
        ReductionTests,
        ContractionTests,
        AttentionTests,
        IndexingTests,
        RandomTests,
        CompositionTests,
        RecurrentTests,
        ProgramTests,
        WorkloadTests,
        FuzzTests {
  /** The backend under test, the same each time; the suite leaves it open. */
  @Override
  public abstract Backend backend();
}
