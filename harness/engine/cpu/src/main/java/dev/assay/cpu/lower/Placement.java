package dev.assay.cpu.lower;

import dev.assay.cpu.lower.Block.Action;
import dev.assay.cpu.lower.Block.Value;

/** A way to run a tile's code on blocks. */
interface Placement {
  /**
   * @param actions the code, in turn
   * @param last where the last value lies, for a step that goes on with it
   * @param scratchBytes of memory of the thread's own
   */
  record Plan(Action[] actions, Value last, long scratchBytes) {}

  /** The code for blocks of at most the given size. */
  Plan place(int blockRows, int blockColumns);
}
