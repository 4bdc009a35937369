package dev.assay.cpu.crew;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A count that one thread moves on and the others wait for: they spin, then yield, then park. Its
 * lowest bit says whether nothing is under way.
 */
final class Signal {
  private static final int IDLE = 1;
  private static final int STEP = 2;

  // Slots of the array, each on cache lines of its own.
  private static final int LINE = 16;
  private static final int COUNT = LINE;
  private static final int SLEEPERS = 2 * LINE;
  private static final int ASLEEP = 3 * LINE;

  private static final long SPIN = TimeUnit.MICROSECONDS.toNanos(100);
  private static final long YIELD_IN_RUN = TimeUnit.MICROSECONDS.toNanos(1000);
  private static final long YIELD_IDLE = TimeUnit.MICROSECONDS.toNanos(50);
  private static final int CHECKS_PER_CLOCK_READ = 32;

  private final int threads;
  private final long spin;
  private final AtomicLongArray slots;
  private final @Nullable Thread[] handles;

  Signal(int threads) {
    this.threads = threads;
    // With more threads than cores, the one waited for needs this core.
    spin = threads <= Runtime.getRuntime().availableProcessors() ? SPIN : 0;
    slots = new AtomicLongArray((3 + threads + 1) * LINE);
    slots.set(COUNT, IDLE);
    handles = new Thread[threads];
  }

  /** States which Java thread has that number from now on. */
  void enlist(int thread, @Nullable Thread handle) {
    handles[thread] = handle;
  }

  /** The count; what was written before it was published can be read now. */
  long count() {
    return slots.get(COUNT);
  }

  static boolean isIdle(long count) {
    return (count & IDLE) != 0;
  }

  /** Moves the count on. Not to be called by several threads at once. */
  void publish(boolean idle) {
    slots.set(COUNT, (slots.get(COUNT) & -STEP) + STEP + (idle ? IDLE : 0));
    if (slots.get(SLEEPERS) != 0) {
      wake();
    }
  }

  /** Waits until the count is another one than {@code seen}. */
  void await(long seen, int thread) {
    long start = System.nanoTime();
    long patience = spin + (isIdle(seen) ? YIELD_IDLE : YIELD_IN_RUN);
    long waited = 0;
    do {
      boolean spinning = waited < spin;
      for (int i = 0; i < CHECKS_PER_CLOCK_READ; i++) {
        if (slots.get(COUNT) != seen) {
          return;
        }
        if (spinning) {
          Thread.onSpinWait();
        }
      }
      if (!spinning) {
        Thread.yield();
      }
      waited = System.nanoTime() - start;
    } while (waited < patience);
    sleep(seen, thread);
  }

  private void sleep(long seen, int thread) {
    boolean interrupted = false;
    slots.set(ASLEEP + thread * LINE, 1);
    slots.incrementAndGet(SLEEPERS);
    while (slots.get(COUNT) == seen) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    slots.decrementAndGet(SLEEPERS);
    slots.set(ASLEEP + thread * LINE, 0);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void wake() {
    for (int i = 0; i < threads; i++) {
      if (slots.get(ASLEEP + i * LINE) != 0) {
        LockSupport.unpark(handles[i]);
      }
    }
  }
}
