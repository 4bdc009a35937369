package dev.assay.jcuda;

import dev.assay.jcuda.driver.Driver;
import java.lang.foreign.MemorySegment;

/** Moves arrays between the heap and the device, by way of pinned memory, piece by piece. */
final class Staging {
  private static final long PIECE = 4 << 20;

  private final Driver driver;
  private final Driver.HostMemory memory;

  Staging(Driver driver) {
    this.driver = driver;
    memory = driver.host(PIECE);
  }

  /** Copies all of {@code from} to the device; done when it returns. */
  void upload(MemorySegment from, long to) {
    for (long at = 0; at < from.byteSize(); at += PIECE) {
      long bytes = Math.min(PIECE, from.byteSize() - at);
      MemorySegment.copy(from, at, memory.segment(), 0, bytes);
      driver.upload(memory, 0, to + at, bytes);
      driver.synchronize();
    }
  }

  /** Fills {@code into} from the device; done when it returns. */
  void download(long from, MemorySegment into) {
    for (long at = 0; at < into.byteSize(); at += PIECE) {
      long bytes = Math.min(PIECE, into.byteSize() - at);
      driver.download(from + at, memory, 0, bytes);
      driver.synchronize();
      MemorySegment.copy(memory.segment(), 0, into, at, bytes);
    }
  }
}
