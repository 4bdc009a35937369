package dev.assay.cpu.crew;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Who takes which tile. Each thread has a range of the tiles and a counter into it, from which
 * others steal. There are two sets of counters, used by turns: a thread zeroes its own of the other
 * set when it comes to a barrier, when nobody can be using it.
 */
final class Claims {
  // Per thread, on cache lines of their own: the two counters, then the number of the phase.
  private static final int LINE = 32;
  private static final int PHASE = 2;

  private final int threads;
  private final AtomicIntegerArray slots;

  Claims(int threads) {
    this.threads = threads;
    slots = new AtomicIntegerArray((threads + 2) * LINE);
  }

  private static int slot(int thread) {
    return (thread + 1) * LINE;
  }

  /** To be called by each thread before each barrier. */
  void nextPhase(int thread) {
    int slot = slot(thread);
    int phase = slots.getPlain(slot + PHASE) ^ 1;
    slots.setPlain(slot + PHASE, phase);
    slots.setPlain(slot + phase, 0);
  }

  /** The next tile for this thread, or −1. */
  int next(int thread, int tiles) {
    int phase = slots.getPlain(slot(thread) + PHASE);
    int owner = thread;
    do {
      int begin = begin(owner, tiles);
      int size = begin(owner + 1, tiles) - begin;
      int counter = slot(owner) + phase;
      if (slots.get(counter) < size) {
        int index = slots.getAndIncrement(counter);
        if (index < size) {
          return begin + index;
        }
      }
      owner = owner + 1 < threads ? owner + 1 : 0;
    } while (owner != thread);
    return -1;
  }

  private int begin(int owner, int tiles) {
    return (int) ((long) owner * tiles / threads);
  }
}
