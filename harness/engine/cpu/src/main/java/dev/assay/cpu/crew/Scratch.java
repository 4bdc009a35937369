package dev.assay.cpu.crew;

import dev.assay.cpu.memory.Memory;
import java.lang.foreign.Arena;

/** A block of memory for each thread, of equal, growing size. */
final class Scratch implements AutoCloseable {
  private final long[] addresses;
  private Arena arena = Arena.ofShared();
  private long capacity;

  Scratch(int threads) {
    addresses = new long[threads];
    reserve(1);
  }

  void reserve(long bytes) {
    if (bytes <= capacity) {
      return;
    }
    Arena larger = Arena.ofShared();
    capacity = Memory.aligned(bytes);
    for (int i = 0; i < addresses.length; i++) {
      addresses[i] = Memory.allocate(larger, capacity);
    }
    arena.close();
    arena = larger;
  }

  long address(int thread) {
    return addresses[thread];
  }

  @Override
  public void close() {
    arena.close();
  }
}
