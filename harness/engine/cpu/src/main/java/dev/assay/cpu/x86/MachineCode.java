package dev.assay.cpu.x86;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.assay.cpu.memory.Memory;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Functions made of instructions, which live as long as the process. */
public final class MachineCode {
  private static final int READ_WRITE = 3;
  private static final int READ_EXECUTE = 5;
  private static final int PRIVATE_ANONYMOUS = 0x22;

  private MachineCode() {}

  /** Whether this process runs on Linux, x86-64, with 512-bit vectors that the JVM uses too. */
  public static boolean isPossible() {
    return Memory.LANES == 16
        && System.getProperty("os.name").equals("Linux")
        && System.getProperty("os.arch").equals("amd64");
  }

  /**
   * Makes a function of one address that returns nothing.
   *
   * @return where it lies, for {@link #call}
   * @throws UnsupportedOperationException if the system refuses memory that can be executed
   */
  public static long function(byte[] instructions) {
    long address = map(instructions.length);
    MemorySegment.copy(
        MemorySegment.ofArray(instructions), 0, Memory.ALL, address, instructions.length);
    if (protect(address, instructions.length) != 0) {
      throw refused("mprotect");
    }
    return address;
  }

  /**
   * Calls a function. It must run for microseconds, not longer: the JVM's collector waits for it.
   */
  public static void call(long function, long argument) {
    try {
      Trampoline.JUMP.invokeExact(function, argument);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** One native function that jumps to any other: only a constant handle is fast to call. */
  private static final class Trampoline {
    static final MethodHandle JUMP =
        Linker.nativeLinker()
            .downcallHandle(
                MemorySegment.ofAddress(
                    function(
                        new byte[] {
                          0x48,
                          (byte) 0x89,
                          (byte) 0xF8, // mov rax, rdi
                          0x48,
                          (byte) 0x89,
                          (byte) 0xF7, // mov rdi, rsi
                          (byte) 0xFF,
                          (byte) 0xE0 // jmp rax
                        })),
                FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG),
                Linker.Option.critical(false));

    private Trampoline() {}
  }

  /** Functions of the C library. Making a handle takes longer than making a function. */
  private static final class Library {
    static final MethodHandle MMAP =
        handle(
            "mmap",
            FunctionDescriptor.of(
                JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
    static final MethodHandle MPROTECT =
        handle("mprotect", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));

    private Library() {}

    private static MethodHandle handle(String name, FunctionDescriptor type) {
      Linker linker = Linker.nativeLinker();
      return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type);
    }
  }

  private static long map(long bytes) {
    long address;
    try {
      address = (long) Library.MMAP.invokeExact(0L, bytes, READ_WRITE, PRIVATE_ANONYMOUS, -1, 0L);
    } catch (Throwable e) {
      throw failed(e);
    }
    if (address == -1) {
      throw refused("mmap");
    }
    return address;
  }

  private static int protect(long address, long bytes) {
    try {
      return (int) Library.MPROTECT.invokeExact(address, bytes, READ_EXECUTE);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  private static UnsupportedOperationException refused(String call) {
    return new UnsupportedOperationException(
        "the system refuses memory that can be executed (" + call + ")");
  }

  /** Native functions throw nothing, but {@code invokeExact} declares it. */
  private static RuntimeException failed(Throwable thrown) {
    return switch (thrown) {
      case RuntimeException e -> e;
      case Error e -> throw e;
      default -> new IllegalStateException(thrown);
    };
  }
}
