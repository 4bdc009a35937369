package dev.assay.runner.gate;

/** What the gate says of one number, or of all; the gravest first. */
public enum Verdict {
  /** Significantly worse, by more than the margin; or an exact demand is broken. */
  REGRESSED,
  /** Neither harm nor its absence is shown: more repeats are needed, or a number is missing. */
  INCONCLUSIVE,
  /** Significantly better, by more than the margin. */
  IMPROVED,
  /** Not worse by more than the margin, which is shown and not assumed. */
  EQUIVALENT
}
