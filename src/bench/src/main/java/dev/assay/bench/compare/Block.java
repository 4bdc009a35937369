package dev.assay.bench.compare;

/**
 * A stretch of steps of one program.
 *
 * @param timing of its steps
 * @param before core latency before it, in nanoseconds
 * @param after core latency after it
 */
public record Block(Timing timing, double before, double after) {
  /** Where the cores were during a block. */
  public enum Placement {
    NEAR,
    FAR,
    /** They were moved meanwhile. */
    MIXED
  }

  /** Judged by what was measured on both sides. */
  public Placement placement() {
    boolean farBefore = before > CoreLatency.FAR_NANOS;
    boolean farAfter = after > CoreLatency.FAR_NANOS;
    if (farBefore != farAfter) {
      return Placement.MIXED;
    }
    return farBefore ? Placement.FAR : Placement.NEAR;
  }
}
