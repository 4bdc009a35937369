package dev.assay.cpu.crew;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * A floating-point mode of the calling thread in which numbers below 2⁻¹²⁶ are zero. Arithmetic on
 * them takes a hundred times as long as on others, and a moment of Adam whose gradient has become
 * zero decays to such a number and stays there.
 *
 * <p>Linux on x86-64 only, whose C library loads the control register from a {@code fenv_t};
 * elsewhere nothing happens.
 */
final class FlushToZero {
  private static final long ENVIRONMENT_BYTES = 32;
  private static final long CONTROL = 28;
  private static final int FLUSH_RESULTS = 1 << 15;
  private static final int FLUSH_OPERANDS = 1 << 6;

  private static final boolean KNOWN =
      System.getProperty("os.name").equals("Linux")
          && System.getProperty("os.arch").equals("amd64");
  private static final MemorySegment USUAL = environment();
  private static final MemorySegment FLUSHING = environment();
  private static final @Nullable MethodHandle LOAD = KNOWN ? function("fesetenv") : null;

  static {
    if (KNOWN) {
      call(function("fegetenv"), USUAL.address());
      FLUSHING.copyFrom(USUAL);
      int control = FLUSHING.get(ValueLayout.JAVA_INT, CONTROL);
      FLUSHING.set(ValueLayout.JAVA_INT, CONTROL, control | FLUSH_RESULTS | FLUSH_OPERANDS);
    }
  }

  private FlushToZero() {}

  private static MemorySegment environment() {
    return Arena.global().allocate(ENVIRONMENT_BYTES, ENVIRONMENT_BYTES);
  }

  private static MethodHandle function(String name) {
    FunctionDescriptor type = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG);
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type);
  }

  private static void call(MethodHandle function, long environment) {
    try {
      int status = (int) function.invokeExact(environment);
      if (status != 0) {
        throw new IllegalStateException("the floating-point mode cannot be set: " + status);
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new LinkageError("a C function throws nothing", e);
    }
  }

  /** Begins the mode. */
  static void on() {
    if (LOAD != null) {
      call(LOAD, FLUSHING.address());
    }
  }

  /** Ends the mode. */
  static void off() {
    if (LOAD != null) {
      call(LOAD, USUAL.address());
    }
  }
}
