package dev.assay.cpu.lower;

/**
 * One kernel, cut into phases of tiles that any thread may run in any order. How it is cut depends
 * on shapes alone, so results do not depend on the number of threads.
 */
public interface Step {
  /** Phases, at least 1; one begins when all tiles of the one before are done. */
  default int phases() {
    return 1;
  }

  /** How many tiles a phase has, at least 1. */
  int tiles(int phase);

  /**
   * Computes one tile.
   *
   * @param scratch address of {@link #scratchBytes} bytes of the calling thread's own
   */
  void run(int phase, int tile, long scratch);

  /** Scratch memory that a thread needs. */
  default long scratchBytes() {
    return 0;
  }

  /** Memory that the tiles share. */
  default long workspaceBytes() {
    return 0;
  }

  /** Says where the shared memory is, before the first run. */
  default void workspace(long address) {}
}
