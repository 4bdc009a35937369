package dev.assay.cpu.memory;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * Large blocks of memory that Linux is asked to back by pages of 2 MB. A matrix whose rows lie 4 kB
 * apart has each row on a page of its own, and a product that walks down its columns waits for
 * address translations. The kernel may decline; nothing else changes then.
 */
final class HugePages {
  /** Size of such a page, in bytes. */
  static final long SIZE = 2L << 20;

  private static final boolean LINUX = System.getProperty("os.name").equals("Linux");

  // Of <sys/mman.h>, the same on x86-64 and AArch64.
  private static final int PROT_READ_WRITE = 3;
  private static final int MAP_PRIVATE_ANONYMOUS = 0x22;
  private static final int MADV_HUGEPAGE = 14;
  private static final long MAP_FAILED = -1;

  private static final @Nullable MethodHandle MAP =
      function("mmap", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG);
  private static final @Nullable MethodHandle ADVISE =
      function("madvise", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
  private static final @Nullable MethodHandle UNMAP =
      function("munmap", JAVA_INT, JAVA_LONG, JAVA_LONG);

  private HugePages() {}

  private static @Nullable MethodHandle function(
      String name, MemoryLayout result, MemoryLayout... arguments) {
    Linker linker = Linker.nativeLinker();
    return LINUX
        ? linker
            .defaultLookup()
            .find(name)
            .map(at -> linker.downcallHandle(at, FunctionDescriptor.of(result, arguments)))
            .orElse(null)
        : null;
  }

  /**
   * The address of {@code bytes} zero bytes, a multiple of {@link #SIZE}, which live as long as the
   * arena; 0 if there are no such pages here.
   */
  static long allocate(Arena arena, long bytes) {
    if (MAP == null || ADVISE == null || UNMAP == null) {
      return 0;
    }
    try {
      long length = bytes + SIZE;
      long start =
          (long) MAP.invokeExact(0L, length, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS, -1, 0L);
      if (start == MAP_FAILED) {
        return 0;
      }
      MemorySegment block =
          MemorySegment.ofAddress(start).reinterpret(length, arena, HugePages::unmap);
      long aligned = (block.address() + SIZE - 1) & -SIZE;
      // A kernel that declines gives ordinary pages, which do as well.
      int unused = (int) ADVISE.invokeExact(aligned, bytes, MADV_HUGEPAGE);
      return aligned;
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  private static void unmap(MemorySegment block) {
    if (UNMAP != null) {
      try {
        int status = (int) UNMAP.invokeExact(block.address(), block.byteSize());
        if (status != 0) {
          throw new IllegalStateException("munmap of " + block + " gives " + status);
        }
      } catch (Throwable e) {
        throw failed(e);
      }
    }
  }

  private static RuntimeException failed(Throwable thrown) {
    return switch (thrown) {
      case RuntimeException e -> e;
      case Error e -> throw e;
      default -> new IllegalStateException(thrown);
    };
  }
}
