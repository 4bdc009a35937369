package dev.assay.spi;

/** Capability of a model: it knows what a training update costs. */
public interface FlopCounter {
  /**
   * Floating-point operations of one training update, as {@link dev.assay.tensor.Program#flops}
   * counts them; 0 if no update has been done yet.
   */
  long flopsPerStep();
}
