package dev.assay.cpu.crew;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Who takes which tile of a phase. Each thread has a range of the tiles, from which others take
 * when theirs is empty. A range is one number, its next tile and its end, so that it never matters
 * how long ago a thread has looked at it.
 */
final class Claims {
  private static final int LINE = 16;
  private static final long NEXT = 1L << Integer.SIZE;

  private final int threads;
  private final AtomicLongArray ranges;

  Claims(int threads) {
    this.threads = threads;
    ranges = new AtomicLongArray((threads + 2) * LINE);
  }

  private static int slot(int thread) {
    return (thread + 1) * LINE;
  }

  /** Offers tiles 0 … tiles − 1. Only to be called when all ranges are empty. */
  void offer(int tiles) {
    for (int owner = 0; owner < threads; owner++) {
      ranges.set(slot(owner), begin(owner, tiles) * NEXT | begin(owner + 1, tiles));
    }
  }

  /** The next tile for this thread, or −1. */
  int next(int thread) {
    int owner = thread;
    do {
      int slot = slot(owner);
      long range = ranges.get(slot);
      while ((int) (range >>> Integer.SIZE) < (int) range) {
        long seen = ranges.compareAndExchange(slot, range, range + NEXT);
        if (seen == range) {
          return (int) (range >>> Integer.SIZE);
        }
        range = seen;
      }
      owner = owner + 1 < threads ? owner + 1 : 0;
    } while (owner != thread);
    return -1;
  }

  private long begin(int owner, int tiles) {
    return (long) owner * tiles / threads;
  }
}
