package dev.assay.cpu.vector;

import static dev.assay.cpu.memory.Memory.load;
import static dev.assay.cpu.memory.Memory.store;
import static dev.assay.cpu.vector.Lines.L;
import static dev.assay.cpu.vector.Lines.S;
import static jdk.incubator.vector.VectorOperators.NE;

/** Loops d = fn(a, b, c) over whole vectors. */
final class TernaryLoops {
  /** See {@link Lines}: {@code n} is a multiple of the lanes, s, t, u a vector's bytes or 0. */
  interface Loop {
    void run(int n, long d, long a, long s, long b, long t, long c, long u);
  }

  /** d = a · b + c, rounded once. */
  static final Loop FMA = TernaryLoops::fma;

  /** d = b where a is not 0, else c. */
  static final Loop WHERE = TernaryLoops::where;

  private TernaryLoops() {}

  private static void fma(int n, long d, long a, long s, long b, long t, long c, long u) {
    for (int i = 0; i < n; i += L, d += S, a += s, b += t, c += u) {
      store(load(a).fma(load(b), load(c)), d);
    }
  }

  private static void where(int n, long d, long a, long s, long b, long t, long c, long u) {
    for (int i = 0; i < n; i += L, d += S, a += s, b += t, c += u) {
      store(load(c).blend(load(b), load(a).compare(NE, VectorMath.ZERO)), d);
    }
  }
}
