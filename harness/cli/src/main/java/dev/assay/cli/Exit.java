package dev.assay.cli;

/** Exit codes of the program: a public contract. */
final class Exit {
  static final int GOOD = 0;

  /**
   * A run failed or was stopped before its end, a check found damage, or the program itself is at
   * fault.
   */
  static final int FAILED = 1;

  /** Bad usage, or a bad file. */
  static final int USAGE = 2;

  /** The gate can tell neither harm nor its absence. */
  static final int INCONCLUSIVE = 3;

  private Exit() {}
}
