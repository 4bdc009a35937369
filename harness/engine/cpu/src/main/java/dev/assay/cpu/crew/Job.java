package dev.assay.cpu.crew;

/**
 * Work in phases of tiles. The tiles of a phase may be done at once and in any order; a phase
 * begins when all tiles of the one before are done.
 */
public interface Job {
  /** How many phases. */
  int phases();

  /** How many tiles that phase has. */
  int tiles(int phase);

  /**
   * Does one tile.
   *
   * @param thread who does it, counted from 0
   */
  void run(int phase, int tile, int thread);
}
