package dev.assay.cpu.memory;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/** Pages of memory from the system: {@code <sys/mman.h>} of Linux. */
public final class Pages {
  // The same on x86-64 and AArch64.
  private static final int READ_WRITE = 3;
  private static final int READ_EXECUTE = 5;
  private static final int PRIVATE_ANONYMOUS = 0x22;
  private static final int HUGE = 14;
  private static final long FAILED = -1;

  private Pages() {}

  /** The functions, whose handles take milliseconds to make. */
  private static final class Library {
    static final MethodHandle MAP =
        function("mmap", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG);
    static final MethodHandle UNMAP = function("munmap", JAVA_INT, JAVA_LONG, JAVA_LONG);
    static final MethodHandle ADVISE =
        function("madvise", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
    static final MethodHandle PROTECT =
        function("mprotect", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);

    private Library() {}

    private static MethodHandle function(
        String name, MemoryLayout result, MemoryLayout... arguments) {
      Linker linker = Linker.nativeLinker();
      return linker.downcallHandle(
          linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(result, arguments));
    }
  }

  /** Whether the system has these functions. */
  public static boolean areKnown() {
    return System.getProperty("os.name").equals("Linux");
  }

  /**
   * New pages of zeros, which live as long as the arena; none if the system refuses. The system
   * must be one that {@link #areKnown} knows.
   */
  public static Optional<MemorySegment> map(Arena arena, long bytes) {
    try {
      long address =
          (long) Library.MAP.invokeExact(0L, bytes, READ_WRITE, PRIVATE_ANONYMOUS, -1, 0L);
      return address == FAILED
          ? Optional.empty()
          : Optional.of(MemorySegment.ofAddress(address).reinterpret(bytes, arena, Pages::unmap));
    } catch (Throwable e) {
      throw Downcalls.failed(e);
    }
  }

  private static void unmap(MemorySegment pages) {
    try {
      int status = (int) Library.UNMAP.invokeExact(pages.address(), pages.byteSize());
      if (status != 0) {
        throw new IllegalStateException("munmap of " + pages + " gives " + status);
      }
    } catch (Throwable e) {
      throw Downcalls.failed(e);
    }
  }

  /**
   * Asks for pages of 2 MB. The kernel may decline and give ordinary ones, which do as well.
   *
   * @param address a multiple of 2 MB
   */
  static void preferHuge(long address, long bytes) {
    try {
      int unused = (int) Library.ADVISE.invokeExact(address, bytes, HUGE);
    } catch (Throwable e) {
      throw Downcalls.failed(e);
    }
  }

  /** Has pages be executed, and no longer written. Returns whether the system allows it. */
  public static boolean makeExecutable(MemorySegment pages) {
    try {
      return (int) Library.PROTECT.invokeExact(pages.address(), pages.byteSize(), READ_EXECUTE)
          == 0;
    } catch (Throwable e) {
      throw Downcalls.failed(e);
    }
  }
}
