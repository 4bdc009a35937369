package dev.assay.bench.compare;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * How long a cache line takes from one core to another. The host of a virtual machine may put its
 * processors under one last-level cache or under two and move them at any time; work of several
 * threads is slower in the second case, and nothing else tells.
 */
public final class CoreLatency {
  /** Cores under one cache are nearer than this, under two farther. */
  public static final double FAR_NANOS = 75;

  private static final int ROUNDS = 5;
  private static final int TRIPS = 1_000;
  private static final long SETTLE_NANOS = 15_000_000;
  private static final int WARM_UPS = 20;
  private static final long END = -1;

  private CoreLatency() {}

  /** Has the loops compiled, so that {@link #nanos} measures the cores from then on. */
  public static void warmUp() {
    for (int i = 0; i < WARM_UPS; i++) {
      measure();
    }
  }

  /**
   * One way, in nanoseconds: the best of a few rounds, after other threads have had time to rest.
   */
  public static double nanos() {
    LockSupport.parkNanos(SETTLE_NANOS);
    return measure();
  }

  private static double measure() {
    AtomicLong ball = new AtomicLong();
    Thread partner = Thread.ofPlatform().daemon().start(() -> sendBack(ball));
    double best = Double.POSITIVE_INFINITY;
    long count = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long begin = System.nanoTime();
      for (int trip = 0; trip < TRIPS; trip++) {
        ball.set(++count);
        count++;
        while (ball.get() != count) {
          Thread.onSpinWait();
        }
      }
      best = Math.min(best, (System.nanoTime() - begin) / (2.0 * TRIPS));
    }
    ball.set(END);
    try {
      partner.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return best;
  }

  /** Answers each odd number by the next even one. */
  private static void sendBack(AtomicLong ball) {
    for (long seen = ball.get(); seen != END; seen = ball.get()) {
      if (seen % 2 == 1) {
        ball.compareAndSet(seen, seen + 1);
      } else {
        Thread.onSpinWait();
      }
    }
  }
}
