package dev.assay.nn;

/**
 * A part of a network.
 *
 * @param training as training reads it
 * @param merged as all else does: a variable of its own where training reads a sum
 * @param matrix whether a layer multiplies by it
 */
record Weight(Parameter training, Parameter merged, boolean matrix) {
  /** Whether something is added to it. */
  boolean adapted() {
    return !training.equals(merged);
  }
}
