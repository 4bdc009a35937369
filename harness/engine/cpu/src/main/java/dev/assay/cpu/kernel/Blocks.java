package dev.assay.cpu.kernel;

import dev.assay.cpu.memory.Memory;
import dev.assay.cpu.x86.BlockKernel;
import dev.assay.cpu.x86.BlockKernel.Field;

/** Arguments of {@link dev.assay.cpu.x86.BlockKernels} in a thread's scratch memory. */
final class Blocks {
  private static final long FACTORS = Memory.aligned(BlockKernel.ARGUMENT_BYTES);

  /** Scratch memory of an argument and what it refers to. */
  static final long BYTES = FACTORS + Memory.ALIGNMENT;

  private Blocks() {}

  /** Sets what is the same for plain sums of products: alpha and beta are 1. */
  static void prepare(long scratch) {
    Memory.setFloat(scratch + FACTORS, 1);
    Memory.setFloat(scratch + FACTORS + Float.BYTES, 1);
    Field.FACTORS.set(scratch, scratch + FACTORS);
  }
}
