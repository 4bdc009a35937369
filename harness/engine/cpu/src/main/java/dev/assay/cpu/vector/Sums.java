package dev.assay.cpu.vector;

import dev.assay.cpu.memory.Memory;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Sums along one line, in an order that the length alone decides. Lanes are added in a fixed tree:
 * the order of the Vector API's own reduction is not defined.
 */
final class Sums {
  private Sums() {}

  static final int L = Memory.LANES;
  static final long S = 4L * L;

  private static float lanes(FloatVector v, long lanes) {
    long p = lanes;
    Memory.store(v, p);
    for (int w = L / 2; w > 0; w /= 2)
      for (int i = 0; i < w; i++)
        Memory.setFloat(
            p + 4L * i, Memory.getFloat(p + 4L * i) + Memory.getFloat(p + 4L * (i + w)));
    return Memory.getFloat(p);
  }

  static float sum(int n, long a, long s, long lanes) {
    FloatVector p = FloatVector.zero(Memory.FLOATS), q = p, u = p, v = p;
    int i = 0;
    for (; i <= n - 4 * L; i += 4 * L) {
      p = p.add(Memory.load(a));
      q = q.add(Memory.load(a + s));
      u = u.add(Memory.load(a + 2 * s));
      v = v.add(Memory.load(a + 3 * s));
      a += 4 * s;
    }
    for (; i <= n - L; i += L) {
      p = p.add(Memory.load(a));
      a += s;
    }
    if (i < n) q = q.add(Memory.load(a, Memory.FLOATS.indexInRange(0, n - i)));
    return lanes(p.add(q).add(u.add(v)), lanes);
  }

  static float dot(int n, long a, long s, long b, long t, long lanes) {
    FloatVector p = FloatVector.zero(Memory.FLOATS), q = p, u = p, v = p;
    int i = 0;
    for (; i <= n - 4 * L; i += 4 * L) {
      p = Memory.load(a).fma(Memory.load(b), p);
      q = Memory.load(a + s).fma(Memory.load(b + t), q);
      u = Memory.load(a + 2 * s).fma(Memory.load(b + 2 * t), u);
      v = Memory.load(a + 3 * s).fma(Memory.load(b + 3 * t), v);
      a += 4 * s;
      b += 4 * t;
    }
    for (; i <= n - L; i += L) {
      p = Memory.load(a).fma(Memory.load(b), p);
      a += s;
      b += t;
    }
    if (i < n) {
      VectorMask<Float> m = Memory.FLOATS.indexInRange(0, n - i);
      q = Memory.load(a, m).fma(Memory.load(b, m), q);
    }
    return lanes(p.add(q).add(u.add(v)), lanes);
  }

  static float max(int n, long a, long s) {
    FloatVector p = FloatVector.broadcast(Memory.FLOATS, Float.NEGATIVE_INFINITY);
    int i = 0;
    for (; i <= n - L; i += L) {
      p = p.max(Memory.load(a));
      a += s;
    }
    if (i < n) {
      VectorMask<Float> m = Memory.FLOATS.indexInRange(0, n - i);
      p = p.lanewise(VectorOperators.MAX, Memory.load(a, m), m);
    }
    return p.reduceLanes(VectorOperators.MAX);
  }
}
