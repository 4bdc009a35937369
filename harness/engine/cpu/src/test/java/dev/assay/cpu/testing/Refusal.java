package dev.assay.cpu.testing;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.cpu.memory.Downcalls;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A thread that may not make memory executable, nor may those that it starts: a filter of system
 * calls, as sandboxes have it (seccomp(2)). The JVM's own code lies in memory that stays writable,
 * which the filter lets pass.
 */
public final class Refusal {
  private static final long NO_NEW_PRIVILEGES = 38;
  private static final long SECCOMP = 22;
  private static final long FILTER = 2;

  // Instructions of the filter (BPF), and where the call's number and its third argument lie.
  private static final int LOAD = 0x20;
  private static final int JUMP_IF_EQUAL = 0x15;
  private static final int RETURN = 0x06;
  private static final int NUMBER = 0;
  private static final int THIRD_ARGUMENT = 32;
  private static final int MPROTECT = 10;
  private static final int READ_EXECUTE = 5;
  private static final int ACCESS_ERROR = 0x0005_0000 | 13;
  private static final int ALLOW = 0x7FFF_0000;

  private Refusal() {}

  /** Runs a task to its end on such a thread; skips the test where the kernel has no filters. */
  public static void run(Runnable task) throws InterruptedException {
    assumeTrue(
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64"),
        "the filter is made for Linux on x86-64");
    FutureTask<Boolean> future =
        new FutureTask<>(() -> {
          boolean refused = begin();
          if (refused) {
            task.run();
          }
          return refused;
        });
    Thread thread = Thread.ofPlatform().start(future);
    thread.join();
    try {
      assumeTrue(future.get(), "the kernel takes no filters");
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case Error error -> throw error;
        case RuntimeException exception -> throw exception;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  private static boolean begin() {
    MethodHandle control =
        Linker.nativeLinker()
            .downcallHandle(
                Linker.nativeLinker().defaultLookup().findOrThrow("prctl"),
                FunctionDescriptor.of(
                    JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
                Linker.Option.firstVariadicArg(1));
    try (Arena arena = Arena.ofConfined()) {
      return (int) control.invokeExact((int) NO_NEW_PRIVILEGES, 1L, 0L, 0L, 0L) == 0
          && (int) control.invokeExact((int) SECCOMP, FILTER, program(arena).address(), 0L, 0L)
              == 0;
    } catch (Throwable e) {
      throw Downcalls.failed(e);
    }
  }

  /** {@code struct sock_fprog}: how many instructions, and where they lie. */
  private static MemorySegment program(Arena arena) {
    int[][] instructions = {
      {LOAD, 0, 0, NUMBER},
      {JUMP_IF_EQUAL, 0, 3, MPROTECT},
      {LOAD, 0, 0, THIRD_ARGUMENT},
      {JUMP_IF_EQUAL, 0, 1, READ_EXECUTE},
      {RETURN, 0, 0, ACCESS_ERROR},
      {RETURN, 0, 0, ALLOW}
    };
    MemorySegment filter = arena.allocate(8L * instructions.length, 8);
    for (int i = 0; i < instructions.length; i++) {
      filter.set(JAVA_SHORT, 8L * i, (short) instructions[i][0]);
      filter.set(JAVA_BYTE, 8L * i + 2, (byte) instructions[i][1]);
      filter.set(JAVA_BYTE, 8L * i + 3, (byte) instructions[i][2]);
      filter.set(JAVA_INT, 8L * i + 4, instructions[i][3]);
    }
    MemorySegment program = arena.allocate(16, 8);
    program.set(JAVA_SHORT, 0, (short) instructions.length);
    program.set(ADDRESS, 8, filter);
    return program;
  }
}
