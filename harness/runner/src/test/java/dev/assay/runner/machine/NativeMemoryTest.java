package dev.assay.runner.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class NativeMemoryTest {
  private static final long LARGE = 1 << 26;

  @Test
  void theHeapIsTheRunOfMappingsOfItsLength() {
    List<String> lines =
        List.of(
            "00400000-00500000 r-xp 00000000 08:01 12 /usr/bin/java",
            "Rss:                 100 kB",
            "10000000-10100000 rw-p 00000000 00:00 0",
            "Rss:                  40 kB",
            "10100000-10400000 ---p 00000000 00:00 0",
            "Rss:                   0 kB",
            "7f0000000000-7f0000200000 rw-p 00000000 00:00 0 ",
            "Rss:                 512 kB");
    assertThat(NativeMemory.outsideHeap(lines, 0x400000)).hasValue(612 * 1024);
    assertThat(NativeMemory.outsideHeap(lines, 0x300000)).hasValue(652 * 1024);
    assertThat(NativeMemory.outsideHeap(lines, 0x500000)).isEmpty();
  }

  @Test
  void whatIsAllocatedOutsideTheHeapCountsAndWhatIsInsideDoesNot() {
    OptionalLong before = NativeMemory.bytes();
    assumeTrue(before.isPresent(), "skipped: the kernel does not tell");
    byte[] inside = new byte[(int) LARGE];
    Arrays.fill(inside, (byte) 1);
    long heap = NativeMemory.bytes().orElseThrow() - before.getAsLong();
    try (Arena arena = Arena.ofConfined()) {
      arena.allocate(LARGE).fill((byte) 1);
      long outside = NativeMemory.bytes().orElseThrow() - before.getAsLong();
      // Other threads of the JVM may allocate or free some too.
      assertThat(outside - heap).isBetween(LARGE * 3 / 4, LARGE * 5 / 4);
    }
    assertThat(heap).isLessThan(LARGE / 2);
    Reference.reachabilityFence(inside);
  }
}
