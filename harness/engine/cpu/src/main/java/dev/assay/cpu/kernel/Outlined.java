package dev.assay.cpu.kernel;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * A loop over vectors that C2 compiles by itself, never as a part of its caller: together they
 * would exceed what C2 inlines, and vectors would become heap objects.
 */
final class Outlined {
  /** A loop over memory; what the arguments mean is up to the loop. */
  @FunctionalInterface
  interface Loop {
    /** Runs the loop on addresses and extents. */
    void run(long a, long b, long c, int m, int n, int k, int l);
  }

  private static final MethodHandle RUN = run();

  /** Not final, since C2 inlines what a constant handle leads to. */
  private MethodHandle handle;

  Outlined(Loop loop) {
    handle = RUN.bindTo(loop);
  }

  private static MethodHandle run() {
    MethodType type =
        MethodType.methodType(
            void.class,
            long.class,
            long.class,
            long.class,
            int.class,
            int.class,
            int.class,
            int.class);
    try {
      return MethodHandles.lookup().findVirtual(Loop.class, "run", type);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("Loop.run", e);
    }
  }

  void run(long a, long b, long c, int m, int n, int k, int l) {
    try {
      handle.invokeExact(a, b, c, m, n, k, l);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new LinkageError("a loop throws nothing checked", e);
    }
  }
}
