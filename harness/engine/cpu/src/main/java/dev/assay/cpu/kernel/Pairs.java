package dev.assay.cpu.kernel;

import dev.assay.cpu.memory.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** What to add to the addresses of A and B for each pair of matrices that a block sums over. */
final class Pairs {
  private static final long BYTES = 2L * Long.BYTES;

  private final MemorySegment table;
  private final int count;

  Pairs(int count) {
    this.count = count;
    table = Arena.ofAuto().allocate(Math.max(1, count) * BYTES, Long.BYTES);
  }

  int count() {
    return count;
  }

  void set(int pair, long a, long b) {
    Memory.setLong(address(pair), a);
    Memory.setLong(address(pair) + Long.BYTES, b);
  }

  /** Address of the table from a pair on. */
  long address(int pair) {
    return table.address() + pair * BYTES;
  }
}
