package dev.assay.cpu.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Large blocks of memory that Linux is asked to back by pages of 2 MB. A matrix whose rows lie 4 kB
 * apart has each row on a page of its own, and a product that walks down its columns waits for
 * address translations. The kernel may decline; nothing else changes then.
 */
final class HugePages {
  /** Size of such a page, in bytes. */
  static final long SIZE = 2L << 20;

  private HugePages() {}

  /**
   * The address of {@code bytes} zero bytes, a multiple of {@link #SIZE}, which live as long as the
   * arena; 0 if there are no such pages here.
   */
  static long allocate(Arena arena, long bytes) {
    return Pages.areKnown()
        ? Pages.map(arena, bytes + SIZE).map(block -> within(block, bytes)).orElse(0L)
        : 0;
  }

  private static long within(MemorySegment block, long bytes) {
    long aligned = (block.address() + SIZE - 1) & -SIZE;
    Pages.preferHuge(aligned, bytes);
    return aligned;
  }
}
