package dev.assay.cpu.testing;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.assay.cpu.memory.Downcalls;
import dev.assay.cpu.memory.Pages;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** A page that cannot be touched, behind ones that can. */
final class Fence {
  private static final long PAGE = 4096;
  private static final int NO_ACCESS = 0;
  private static final MethodHandle PROTECT =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().findOrThrow("mprotect"),
              FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));

  private Fence() {}

  /** The page's address. At least {@code bytes} bytes before it can be used. */
  static long before(Arena arena, long bytes) {
    long usable = (bytes + PAGE - 1) & -PAGE;
    MemorySegment pages = Pages.map(arena, usable + PAGE).orElseThrow();
    long fence = pages.address() + usable;
    try {
      if ((int) PROTECT.invokeExact(fence, PAGE, NO_ACCESS) != 0) {
        throw new IllegalStateException("mprotect fails");
      }
    } catch (Throwable e) {
      throw Downcalls.failed(e);
    }
    return fence;
  }
}
