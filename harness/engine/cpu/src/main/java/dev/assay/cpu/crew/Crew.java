package dev.assay.cpu.crew;

import java.util.concurrent.locks.ReentrantLock;

/**
 * A team of threads that stays alive between runs. A run gives every thread the same body; inside
 * it they meet at barriers and claim tiles. Nothing here allocates after construction, apart from
 * {@link #reserve}.
 *
 * <p>Tiles make results independent of the number of threads: each is computed by one thread, in
 * the same way whichever thread takes it.
 */
public final class Crew implements AutoCloseable {
  /** What every thread of a run executes. */
  @FunctionalInterface
  public interface Body {
    /** Called once per thread; {@code thread} counts from 0, which is the caller of the run. */
    void run(int thread);
  }

  private static final Body NOTHING = thread -> {};

  private final int threads;
  private final Thread[] workers;
  private final Barrier barrier;
  private final Claims claims;
  private final Scratch scratch;
  private final ReentrantLock running = new ReentrantLock();
  private Body body = NOTHING;
  private boolean closed;

  /**
   * @param threads from 1 on, the caller of {@link #run} included; more than there are cores works,
   *     slowly
   */
  public Crew(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads = " + threads + ", must be at least 1");
    }
    this.threads = threads;
    barrier = new Barrier(threads);
    claims = new Claims(threads);
    scratch = new Scratch(threads);
    workers = new Thread[threads - 1];
    for (int i = 0; i < workers.length; i++) {
      int thread = i + 1;
      workers[i] = new Thread(() -> work(thread), "assay-cpu-" + thread);
      workers[i].setDaemon(true);
      barrier.enlist(thread, workers[i]);
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
   * Runs the body on all threads, the caller being thread 0, and returns when all are done. What a
   * body throws ends the run at the next barrier of the others and is thrown here; of several, the
   * first. Runs of several callers take turns.
   *
   * @throws IllegalStateException inside a run of this crew, or after {@link #close}
   */
  public void run(Body work) {
    Throwable failure;
    begin();
    try {
      body = work;
      meet(0, true);
      perform(0);
      failure = barrier.takeFailure();
      body = NOTHING;
    } finally {
      end();
    }
    switch (failure) {
      case null -> {}
      case RuntimeException thrown -> throw thrown;
      case Error thrown -> throw thrown;
      default -> throw new IllegalStateException("a body threw a checked exception", failure);
    }
  }

  /**
   * Waits until every thread of the run is here. Each thread must pass the same barriers.
   *
   * @param thread the number of the calling thread
   */
  public void barrier(int thread) {
    if (!meet(thread, false)) {
      throw BrokenRunException.INSTANCE;
    }
  }

  /**
   * The next of {@code tiles} tiles for this thread, or −1 when all are taken. Every thread of the
   * run that claims between two barriers must state the same number. A thread gets neighbouring
   * tiles, the same in every phase with as many tiles, so that its cache still holds what it wrote
   * there; one that is done takes from the others.
   */
  public int claim(int thread, int tiles) {
    return claims.next(thread, tiles);
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
      meet(0, true);
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
    barrier.enlist(0, Thread.currentThread());
    return true;
  }

  private void end() {
    barrier.enlist(0, null);
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

  private void work(int thread) {
    while (true) {
      meet(thread, true);
      if (closed) {
        return;
      }
      perform(thread);
    }
  }

  /** The body, and the meeting that ends the run. */
  private void perform(int thread) {
    try {
      body.run(thread);
    } catch (BrokenRunException e) {
      return; // the meeting that told of the failure was the last
    } catch (Throwable e) {
      barrier.fail(e);
    }
    meet(thread, false);
  }

  private boolean meet(int thread, boolean idle) {
    claims.nextPhase(thread);
    return barrier.meet(thread, idle);
  }
}
