package dev.assay.cpu.x86;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.assay.cpu.memory.Downcalls;
import dev.assay.cpu.memory.Memory;
import dev.assay.cpu.memory.Pages;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Functions made of instructions. */
public final class MachineCode {
  private MachineCode() {}

  /**
   * Whether this process runs on Linux, x86-64, with 512-bit vectors that the JVM uses too, and the
   * system gives memory that can be executed. All instructions here belong to the first of
   * AVX-512's extensions (F), without which it uses none.
   */
  public static boolean isPossible() {
    return Memory.LANES == 16
        && Pages.areKnown()
        && System.getProperty("os.arch").equals("amd64")
        && Trampoline.JUMP != null;
  }

  /**
   * Makes a function of one address that returns nothing.
   *
   * @param arena how long it lives
   * @param instructions that may lie anywhere
   * @return where it lies, for {@link #call}
   * @throws UnsupportedOperationException if the system refuses memory that can be executed
   */
  public static long function(Arena arena, byte[] instructions) {
    MemorySegment pages =
        Pages.map(arena, instructions.length)
            .orElseThrow(() -> new UnsupportedOperationException("the system refuses memory"));
    MemorySegment.copy(MemorySegment.ofArray(instructions), 0, pages, 0, instructions.length);
    if (!Pages.makeExecutable(pages)) {
      throw new UnsupportedOperationException("the system refuses memory that can be executed");
    }
    return pages.address();
  }

  /**
   * Calls a function that {@link #function} made. It must run for microseconds, not longer: the
   * JVM's collector waits for it.
   */
  public static void call(long function, long argument) {
    try {
      Objects.requireNonNull(Trampoline.JUMP).invokeExact(function, argument);
    } catch (Throwable e) {
      throw Downcalls.failed(e);
    }
  }

  /** One native function that jumps to any other: only a constant handle is fast to call. */
  private static final class Trampoline {
    private static final byte[] JUMP_TO_FIRST = {
      0x48,
      (byte) 0x89,
      (byte) 0xF8, // mov rax, rdi
      0x48,
      (byte) 0x89,
      (byte) 0xF7, // mov rdi, rsi
      (byte) 0xFF,
      (byte) 0xE0 // jmp rax
    };

    /** Null if the system refuses memory. */
    static final @Nullable MethodHandle JUMP = make();

    private Trampoline() {}

    private static @Nullable MethodHandle make() {
      long function;
      try {
        function = function(Arena.global(), JUMP_TO_FIRST);
      } catch (UnsupportedOperationException e) { // the system refuses
        return null;
      }
      return Linker.nativeLinker()
          .downcallHandle(
              MemorySegment.ofAddress(function),
              FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG),
              Linker.Option.critical(false));
    }
  }
}
