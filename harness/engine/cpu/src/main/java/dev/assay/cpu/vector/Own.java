package dev.assay.cpu.vector;

import dev.assay.cpu.memory.Memory;
import java.lang.foreign.Arena;
import jdk.incubator.vector.FloatVector;

/** Small memory of a thread's own: vectors of repeated values, and the ends of lines. */
final class Own {
  /** Operands that a loop has at most. */
  private static final int OPERANDS = 3;

  /** Floats of a {@link #strip}. */
  static final int STRIP = 16 * Memory.LANES;

  private static final long BATCH = 4L * Sums.BATCH;

  private static final ThreadLocal<Own> OWN = ThreadLocal.withInitial(Own::new);

  private final long repeated = Memory.allocate(Arena.global(), OPERANDS * Lines.S);
  private final long ends = Memory.allocate(Arena.global(), OPERANDS * BATCH);
  private final long zeros = Memory.allocate(Arena.global(), BATCH);
  private final long strip = Memory.allocate(Arena.global(), 4L * STRIP);
  private final long result = Memory.allocate(Arena.global(), Lines.S);

  private Own() {}

  static Own get() {
    return OWN.get();
  }

  /** A vector of the value at {@code from}, so that one loop serves repeated operands too. */
  long repeat(int operand, long from) {
    long to = repeated + operand * Lines.S;
    repeat(from, to);
    return to;
  }

  static void repeat(long from, long to) {
    Memory.store(FloatVector.broadcast(Memory.FLOATS, Memory.getFloat(from)), to);
  }

  /** The last {@code n} elements of an operand, fewer than a vector, padded to one. */
  long rest(int operand, int n, long from, long step) {
    if (step == 0) {
      return from;
    }
    long to = ends + operand * BATCH;
    Lines.pad(n, from, to);
    return to;
  }

  /** The last {@code n} elements of an operand, fewer than a batch, padded to one by zeros. */
  long end(int operand, int n, long from, long step) {
    if (n == 0) {
      return zeros;
    }
    long to = ends + operand * BATCH;
    Sums.pad(n, from, step, to);
    return to;
  }

  /** A batch of elements. */
  long batch() {
    return ends;
  }

  /** Place for what one loop leaves to the next. */
  long strip() {
    return strip;
  }

  /** A vector for results. */
  long result() {
    return result;
  }
}
