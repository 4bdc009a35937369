package dev.assay.cpu.vector;

import dev.assay.cpu.memory.Memory;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Functions along one line of n elements. An operand's step is {@link #S}, or 0 to read the same
 * vector again.
 *
 * <p>C2 keeps vectors in registers only where it inlines all that touches them. It does not inline
 * what a branch seldom taken calls, nor anything once a method has grown too large: then vectors
 * become heap objects. So each function has a loop of its own, reached through a table, which works
 * on whole vectors and knows no branch; what is left of a line goes through the same loop in
 * vectors of the thread's own.
 */
final class Lines {
  static final int L = Memory.LANES;

  /** Bytes of a vector. */
  static final long S = 4L * L;

  private Lines() {}

  /** d = fn(a). */
  static void unary(UnaryLoops.Loop loop, int n, long d, long a, long s, Own own) {
    int whole = n & -L;
    if (whole > 0) {
      loop.run(whole, d, a, s);
    }
    if (whole < n) {
      loop.run(L, own.result(), own.rest(0, n - whole, a + s / L * whole, s), S);
      move(n - whole, own.result(), d + 4L * whole);
    }
  }

  /** d = fn(a, b). */
  static void binary(
      BinaryLoops.Loop loop, int n, long d, long a, long s, long b, long t, Own own) {
    int whole = n & -L;
    if (whole > 0) {
      loop.run(whole, d, a, s, b, t);
    }
    if (whole < n) {
      long x = own.rest(0, n - whole, a + s / L * whole, s);
      long y = own.rest(1, n - whole, b + t / L * whole, t);
      loop.run(L, own.result(), x, S, y, S);
      move(n - whole, own.result(), d + 4L * whole);
    }
  }

  /** d = fn(a, b, c). */
  static void ternary(
      TernaryLoops.Loop loop,
      int n,
      long d,
      long a,
      long s,
      long b,
      long t,
      long c,
      long u,
      Own own) {
    int whole = n & -L;
    if (whole > 0) {
      loop.run(whole, d, a, s, b, t, c, u);
    }
    if (whole < n) {
      long x = own.rest(0, n - whole, a + s / L * whole, s);
      long y = own.rest(1, n - whole, b + t / L * whole, t);
      long z = own.rest(2, n - whole, c + u / L * whole, u);
      loop.run(L, own.result(), x, S, y, S, z, S);
      move(n - whole, own.result(), d + 4L * whole);
    }
  }

  /** d = value. */
  static void fill(int n, long d, float value) {
    int whole = n & -L;
    fillWhole(whole, d, value);
    if (whole < n) {
      fillPart(n - whole, d + 4L * whole, value);
    }
  }

  /** d = a, bit for bit. */
  static void copy(int n, long d, long a) {
    int whole = n & -L;
    copyWhole(whole, d, a);
    if (whole < n) {
      move(n - whole, a + 4L * whole, d + 4L * whole);
    }
  }

  static void fillWhole(int n, long d, float value) {
    FloatVector x = FloatVector.broadcast(Memory.FLOATS, value);
    for (int i = 0; i < n; i += L, d += S) {
      Memory.store(x, d);
    }
  }

  static void fillPart(int n, long d, float value) {
    VectorMask<Float> first = Memory.FLOATS.indexInRange(0, n);
    Memory.store(FloatVector.broadcast(Memory.FLOATS, value), d, first);
  }

  static void copyWhole(int n, long d, long a) {
    for (int i = 0; i < n; i += L, d += S, a += S) {
      Memory.store(Memory.load(a), d);
    }
  }

  /** Copies fewer elements than a vector has. */
  static void move(int n, long from, long to) {
    VectorMask<Float> first = Memory.FLOATS.indexInRange(0, n);
    Memory.store(Memory.load(from, first), to, first);
  }

  /** Copies fewer elements than a vector has, and zeroes the others of that vector. */
  static void pad(int n, long from, long to) {
    Memory.store(Memory.load(from, Memory.FLOATS.indexInRange(0, n)), to);
  }
}
