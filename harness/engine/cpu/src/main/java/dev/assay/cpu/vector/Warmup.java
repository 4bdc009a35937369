package dev.assay.cpu.vector;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Has vector loops compiled before they are needed. Until C2 has compiled a loop, each operation of
 * the Vector API is a call that makes heap objects, about a hundred times slower; worse, C2 then
 * compiles the functions that the loop calls first, and afterwards may find them too large to be
 * inlined into it.
 *
 * <p>What makes HotSpot compile a loop is how often it was called. So a trial calls it many times
 * without elements, and now and then with some, that C2 sees which way it goes; until it is fast.
 */
public final class Warmup {
  /** A loop on memory of the trial's own. */
  @FunctionalInterface
  public interface Trial {
    /** Runs the loop over {@code n} elements, 0 or {@link #ELEMENTS}. */
    void run(int n);
  }

  /** Elements that a trial works on: small, that even the interpreter is soon through. */
  public static final int ELEMENTS = Sums.BATCH;

  /** Calls of which one has elements; C2 does not inline what fewer than 1 in 117 reach. */
  private static final int SPARSE = 32;

  /** Calls with elements in one go. */
  private static final int ROUND = 6;

  /** A compiled loop is well below this, an interpreted one far above. */
  private static final long FAST_NANOS = 600;

  /** How long to wait for any loop to get fast: with C2 switched off, none does. */
  private static final long PATIENCE_NANOS = 1_000_000_000;

  private static final Deque<Trial> WAITING = new ArrayDeque<>();
  private static boolean working;

  private Warmup() {}

  /** Has a loop compiled in the background. */
  public static void request(Trial trial) {
    synchronized (WAITING) {
      WAITING.add(trial);
      if (!working) {
        working = true;
        Thread thread = new Thread(Warmup::work, "assay-cpu-warm-up");
        thread.setDaemon(true);
        thread.start();
      }
    }
  }

  /** Waits for all loops that were requested. */
  public static void await() {
    boolean interrupted = false;
    synchronized (WAITING) {
      while (working) {
        try {
          WAITING.wait();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void work() {
    Deque<Trial> slow = new ArrayDeque<>();
    long progress = System.nanoTime();
    while (true) {
      synchronized (WAITING) {
        slow.addAll(WAITING);
        WAITING.clear();
        if (slow.isEmpty() || System.nanoTime() - progress > PATIENCE_NANOS) {
          working = false;
          WAITING.notifyAll();
          return;
        }
      }
      if (slow.removeIf(Warmup::isFast)) {
        progress = System.nanoTime();
      }
    }
  }

  private static boolean isFast(Trial trial) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < ROUND; i++) {
      for (int call = 1; call < SPARSE; call++) {
        trial.run(0);
      }
      long begin = System.nanoTime();
      trial.run(ELEMENTS);
      least = Math.min(least, System.nanoTime() - begin);
    }
    return least < FAST_NANOS;
  }
}
