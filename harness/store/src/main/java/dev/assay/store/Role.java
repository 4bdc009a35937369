package dev.assay.store;

/** What a run stands for on a board. */
public enum Role {
  /** A model that competes. */
  MODEL,
  /** A reference: training examples in place of samples, as good as any sampler needs to be. */
  ATTAINABLE,
  /** A reference: a sampler that ignores how coordinates depend on each other. */
  FLOOR;

  /** Whether it is there to compare with, and has no rank. */
  public boolean isReference() {
    return this != MODEL;
  }
}
