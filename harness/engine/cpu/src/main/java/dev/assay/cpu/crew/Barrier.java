package dev.assay.cpu.crew;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A central barrier: the last to arrive publishes the next generation, for which the others spin,
 * then yield, then park. A run of the crew begins and ends at it.
 *
 * <p>Failure: the thread that failed arrives once more, the generation published then is odd, and
 * for every thread this meeting is the end of the run. Bit 0 is what they agree by; the count of
 * meetings stands above it.
 */
final class Barrier {
  private static final int FAILED = 1;
  private static final int MEETING = 2;

  // Slots of the array, each on cache lines of its own.
  private static final int LINE = 16;
  private static final int GENERATION = LINE;
  private static final int ARRIVED = 2 * LINE;
  private static final int SLEEPERS = 3 * LINE;
  private static final int ASLEEP = 4 * LINE;

  private static final long SPIN = TimeUnit.MICROSECONDS.toNanos(100);
  private static final long YIELD_IN_RUN = TimeUnit.MICROSECONDS.toNanos(1000);
  private static final long YIELD_IDLE = TimeUnit.MICROSECONDS.toNanos(50);
  private static final int CHECKS_PER_CLOCK_READ = 32;

  private final int threads;
  private final long spin;
  private final AtomicLongArray slots;
  private final @Nullable Thread[] handles;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  Barrier(int threads) {
    this.threads = threads;
    // With more threads than cores, the one waited for needs this core.
    spin = threads <= Runtime.getRuntime().availableProcessors() ? SPIN : 0;
    slots = new AtomicLongArray((4 + threads + 1) * LINE);
    handles = new Thread[threads];
  }

  /** States which Java thread has that number from now on. */
  void enlist(int thread, @Nullable Thread handle) {
    handles[thread] = handle;
  }

  /** Makes the next meeting the end of the run. The first failure of a run is kept. */
  void fail(Throwable thrown) {
    failure.compareAndSet(null, thrown);
  }

  /** The failure of the run that just ended, and forgets it. For the caller of the run. */
  @Nullable Throwable takeFailure() {
    return failure.getAndSet(null);
  }

  /**
   * Waits for the others.
   *
   * @param idle park sooner: nothing is under way
   * @return false if this meeting ended the run because of a failure
   */
  boolean meet(int thread, boolean idle) {
    long generation = slots.get(GENERATION);
    if (slots.incrementAndGet(ARRIVED) < threads) {
      return (await(generation, thread, idle) & FAILED) == 0;
    }
    slots.set(ARRIVED, 0);
    boolean failed = failure.get() != null;
    long base = generation & -MEETING;
    slots.set(GENERATION, base + MEETING + (failed ? FAILED : 0));
    if (slots.get(SLEEPERS) != 0) {
      wake();
    }
    return !failed;
  }

  private long await(long generation, int thread, boolean idle) {
    long start = System.nanoTime();
    long patience = spin + (idle ? YIELD_IDLE : YIELD_IN_RUN);
    long waited = 0;
    do {
      boolean spinning = waited < spin;
      for (int i = 0; i < CHECKS_PER_CLOCK_READ; i++) {
        long now = slots.get(GENERATION);
        if (now != generation) {
          return now;
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
    return sleep(generation, thread);
  }

  private long sleep(long generation, int thread) {
    boolean interrupted = false;
    slots.set(ASLEEP + thread * LINE, 1);
    slots.incrementAndGet(SLEEPERS);
    long now;
    while ((now = slots.get(GENERATION)) == generation) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    slots.decrementAndGet(SLEEPERS);
    slots.set(ASLEEP + thread * LINE, 0);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return now;
  }

  private void wake() {
    for (int i = 0; i < threads; i++) {
      if (slots.get(ASLEEP + i * LINE) != 0) {
        LockSupport.unpark(handles[i]);
      }
    }
  }
}
