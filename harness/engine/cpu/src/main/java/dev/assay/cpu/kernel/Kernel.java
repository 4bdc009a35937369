package dev.assay.cpu.kernel;

/**
 * Work of fixed shape, cut into phases of tiles. The tiles of a phase may run at once and in any
 * order; a phase begins when all tiles of the one before are done. Kernels are immutable and
 * allocate nothing while they run.
 */
public interface Kernel {
  /** How many phases, from 1 on. */
  int phases();

  /** How many tiles that phase has. */
  int tiles(int phase);

  /** Memory that the tiles share, in bytes; it holds nothing between runs. */
  long workspaceBytes();

  /** Memory that each thread needs for itself while it runs a tile, in bytes. */
  long scratchBytes();

  /**
   * Computes one tile.
   *
   * @param operands addresses in bytes: the operands in the order of the operation, the result, the
   *     workspace
   * @param scratch address of the calling thread's own memory, 64-byte aligned
   */
  void run(int phase, int tile, long[] operands, long scratch);
}
