package dev.assay.cpu.crew;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A team of threads that stays alive between runs and does the tiles of a {@link Job}. Nothing here
 * allocates after construction, apart from {@link #reserve}.
 *
 * <p>A phase ends when its tiles are done, not when all threads have come: whoever does the last
 * one opens the next phase. So a thread that the system keeps from running, or that is still
 * asleep, holds nobody up, unless it is in the middle of a tile.
 *
 * <p>Tiles make results independent of the number of threads: each is computed by one thread, in
 * the same way whichever thread takes it. A thread gets neighbouring tiles first, the same in every
 * phase with as many tiles, so that its cache still holds what it wrote there.
 */
public final class Crew implements AutoCloseable {
  private static final Job NOTHING =
      new Job() {
        @Override
        public int phases() {
          return 0;
        }

        @Override
        public int tiles(int phase) {
          return 0;
        }

        @Override
        public void run(int phase, int tile, int thread) {}
      };

  private final int threads;
  private final Thread[] workers;
  private final Signal signal;
  private final Claims claims;
  private final Scratch scratch;
  private final AtomicInteger done = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final ReentrantLock running = new ReentrantLock();

  // Written while nobody has a share of a phase to count, read by those who have.
  private Job job = NOTHING;
  private int phase;
  private int shares;

  private volatile boolean closed;

  /**
   * @param threads from 1 on, the caller of {@link #run} included; more than there are cores works,
   *     slowly
   */
  public Crew(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads = " + threads + ", must be at least 1");
    }
    this.threads = threads;
    signal = new Signal(threads);
    claims = new Claims(threads);
    scratch = new Scratch(threads);
    workers = new Thread[threads - 1];
    for (int i = 0; i < workers.length; i++) {
      int thread = i + 1;
      workers[i] = new Thread(() -> work(thread), "assay-cpu-" + thread);
      workers[i].setDaemon(true);
      signal.enlist(thread, workers[i]);
    }
    for (Thread worker : workers) {
      worker.start();
    }
  }

  /** How many threads a run has. */
  public int threads() {
    return threads;
  }

  /**
   * Does a job on all threads, the caller being thread 0, and returns when all is done. Numbers too
   * small for a full fraction count as zero meanwhile, where the machine can do that. After a tile
   * has thrown, no other begins, and what it threw is thrown here; of several, the first. Runs of
   * several callers take turns.
   *
   * @throws IllegalStateException inside a run of this crew, or after {@link #close}
   */
  public void run(Job work) {
    Throwable thrown;
    begin();
    FlushToZero.on();
    try {
      job = work;
      phase = -1;
      if (open()) {
        count(1);
      }
      for (long seen = signal.count(); !Signal.isIdle(seen); seen = signal.count()) {
        perform(0);
        signal.await(seen, 0);
      }
      job = NOTHING;
      thrown = failure.getAndSet(null);
    } finally {
      FlushToZero.off();
      end();
    }
    switch (thrown) {
      case null -> {}
      case RuntimeException exception -> throw exception;
      case Error error -> throw error;
      default -> throw new IllegalStateException("a tile threw a checked exception", thrown);
    }
  }

  /**
   * Opens the next phase that has tiles, or ends the run.
   *
   * @return whether a phase is open, which then waits for its opener to count a share of its own
   */
  private boolean open() {
    do {
      phase++;
    } while (phase < job.phases() && job.tiles(phase) == 0);
    boolean more = phase < job.phases();
    if (more) {
      shares = job.tiles(phase) + 1;
      done.set(0);
      claims.offer(shares - 1);
    }
    signal.publish(!more);
    return more;
  }

  /** Counts shares of the open phase as done; with the last one, opens what comes next. */
  private void count(int own) {
    int counted = own;
    int all = shares; // stands still until this thread has counted
    while (done.addAndGet(counted) == all && open()) {
      counted = 1;
      all = shares;
    }
  }

  /** Does tiles of the open phase as long as there are any. */
  private void perform(int thread) {
    int mine = 0;
    for (int tile = claims.next(thread); tile >= 0; tile = claims.next(thread)) {
      attempt(tile, thread);
      mine++;
    }
    if (mine > 0) {
      count(mine);
    }
  }

  private void attempt(int tile, int thread) {
    if (failure.get() == null) {
      try {
        job.run(phase, tile, thread);
      } catch (Throwable e) {
        failure.compareAndSet(null, e);
      }
    }
  }

  private void work(int thread) {
    FlushToZero.on();
    while (true) {
      long seen = signal.count();
      if (closed) {
        return;
      }
      perform(thread);
      signal.await(seen, thread);
    }
  }

  /**
   * Makes sure that every thread has that much scratch memory. Grows only; earlier scratch
   * addresses and contents are void when it does. Not to be called inside a run.
   */
  public void reserve(long bytes) {
    begin();
    try {
      scratch.reserve(bytes);
    } finally {
      end();
    }
  }

  /** The address of a thread's own scratch memory, 64-byte aligned, of {@link #reserve}d size. */
  public long scratch(int thread) {
    return scratch.address(thread);
  }

  /** Ends the threads and frees the scratch memory. Not to be called inside a run. */
  @Override
  public void close() {
    if (!lock()) {
      return;
    }
    try {
      closed = true;
      signal.publish(true);
      scratch.close();
    } finally {
      end();
    }
  }

  private void begin() {
    if (!lock()) {
      throw new IllegalStateException("the crew is closed");
    }
  }

  /** Makes the current thread the caller, number 0; false if the crew is closed. */
  private boolean lock() {
    refuseInsideRun();
    running.lock();
    if (closed) {
      running.unlock();
      return false;
    }
    signal.enlist(0, Thread.currentThread());
    return true;
  }

  private void end() {
    signal.enlist(0, null);
    running.unlock();
  }

  private void refuseInsideRun() {
    Thread current = Thread.currentThread();
    boolean inside = running.isHeldByCurrentThread();
    for (Thread worker : workers) {
      inside |= worker.equals(current);
    }
    if (inside) {
      throw new IllegalStateException(
          current.getName() + " is inside a run of this crew, where no other can begin or end it");
    }
  }
}
