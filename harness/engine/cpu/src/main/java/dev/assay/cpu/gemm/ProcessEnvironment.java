package dev.assay.cpu.gemm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Map;
import java.util.TreeMap;

/**
 * Environment variables of this process, as C code sees them, changed for a while. Libraries read
 * theirs when they load, and some settings can be given in no other way.
 */
final class ProcessEnvironment implements AutoCloseable {
  private static final SymbolLookup C = Linker.nativeLinker().defaultLookup();

  private final Map<String, String> before;

  private ProcessEnvironment(Map<String, String> before) {
    this.before = before;
  }

  /** Sets the variables until the result is closed. */
  static ProcessEnvironment with(Map<String, String> variables) {
    Map<String, String> before = new TreeMap<>();
    variables.forEach((name, value) -> {
      before.put(name, System.getenv().getOrDefault(name, ""));
      set(name, value);
    });
    return new ProcessEnvironment(before);
  }

  @Override
  public void close() {
    before.forEach(ProcessEnvironment::set);
  }

  /** An empty value removes the variable. */
  private static void set(String name, String value) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment key = arena.allocateFrom(name);
      int failed =
          value.isEmpty()
              ? (int) function("unsetenv", ADDRESS).invokeExact(key)
              : (int)
                  function("setenv", ADDRESS, ADDRESS, JAVA_INT)
                      .invokeExact(key, arena.allocateFrom(value), 1);
      if (failed != 0) {
        throw new IllegalStateException("cannot set environment variable " + name);
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static MethodHandle function(String name, java.lang.foreign.MemoryLayout... parameters) {
    return Linker.nativeLinker()
        .downcallHandle(C.findOrThrow(name), FunctionDescriptor.of(JAVA_INT, parameters));
  }
}
