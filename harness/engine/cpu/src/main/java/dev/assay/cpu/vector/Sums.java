package dev.assay.cpu.vector;

import static dev.assay.cpu.memory.Memory.load;
import static dev.assay.cpu.vector.Lines.L;
import static dev.assay.cpu.vector.Lines.S;

import dev.assay.cpu.memory.Lanes;
import dev.assay.cpu.memory.Memory;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Reductions of one line, in an order that the length alone decides: four partial results, which
 * hides the latency of additions, then the lanes. The loops take four vectors at once and have no
 * branches, for the reason that {@link Lines} gives; the end of the line is padded to four.
 */
final class Sums {
  /** Elements taken at once. */
  static final int BATCH = 4 * L;

  private Sums() {}

  /** Σ a. */
  static float sum(int n, long a, long s, Own own) {
    int whole = n & -BATCH;
    return sum(whole, a, s, own.end(0, n - whole, a + s / L * whole, s));
  }

  static float sum(int n, long a, long s, long end) {
    FloatVector p = load(end);
    FloatVector q = load(end + S);
    FloatVector u = load(end + 2 * S);
    FloatVector v = load(end + 3 * S);
    for (int i = 0; i < n; i += BATCH, a += 4 * s) {
      p = p.add(load(a));
      q = q.add(load(a + s));
      u = u.add(load(a + 2 * s));
      v = v.add(load(a + 3 * s));
    }
    return Lanes.sum(p.add(q).add(u.add(v)));
  }

  /** Σ a · b. */
  static float dot(int n, long a, long s, long b, long t, Own own) {
    int whole = n & -BATCH;
    long end = own.end(0, n - whole, a + s / L * whole, s);
    return dot(whole, a, s, b, t, end, own.end(1, n - whole, b + t / L * whole, t));
  }

  static float dot(int n, long a, long s, long b, long t, long end, long other) {
    FloatVector p = load(end).mul(load(other));
    FloatVector q = load(end + S).mul(load(other + S));
    FloatVector u = load(end + 2 * S).mul(load(other + 2 * S));
    FloatVector v = load(end + 3 * S).mul(load(other + 3 * S));
    for (int i = 0; i < n; i += BATCH, a += 4 * s, b += 4 * t) {
      p = load(a).fma(load(b), p);
      q = load(a + s).fma(load(b + t), q);
      u = load(a + 2 * s).fma(load(b + 2 * t), u);
      v = load(a + 3 * s).fma(load(b + 3 * t), v);
    }
    return Lanes.sum(p.add(q).add(u.add(v)));
  }

  /** The largest a. */
  static float max(int n, long a, long s, Own own) {
    int whole = n & -BATCH;
    return max(whole, a, s, own.end(0, n - whole, a + s / L * whole, s), n - whole);
  }

  /**
   * @param rest how many elements at {@code end} count
   */
  static float max(int n, long a, long s, long end, int rest) {
    FloatVector p = VectorMath.first(load(end), rest);
    FloatVector q = VectorMath.first(load(end + S), rest - L);
    FloatVector u = VectorMath.first(load(end + 2 * S), rest - 2 * L);
    FloatVector v = VectorMath.first(load(end + 3 * S), rest - 3 * L);
    for (int i = 0; i < n; i += BATCH, a += 4 * s) {
      p = p.max(load(a));
      q = q.max(load(a + s));
      u = u.max(load(a + 2 * s));
      v = v.max(load(a + 3 * s));
    }
    return p.max(q).max(u.max(v)).reduceLanes(VectorOperators.MAX);
  }

  /** Copies {@code n} elements, fewer than a batch, and pads them to a batch by zeros. */
  static void pad(int n, long from, long s, long to) {
    Memory.store(Memory.load(from, Memory.FLOATS.indexInRange(0, n)), to);
    Memory.store(Memory.load(from + s, Memory.FLOATS.indexInRange(L, n)), to + S);
    Memory.store(Memory.load(from + 2 * s, Memory.FLOATS.indexInRange(2 * L, n)), to + 2 * S);
    Memory.store(Memory.load(from + 3 * s, Memory.FLOATS.indexInRange(3 * L, n)), to + 3 * S);
  }
}
