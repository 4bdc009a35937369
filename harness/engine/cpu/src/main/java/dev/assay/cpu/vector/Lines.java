package dev.assay.cpu.vector;

import dev.assay.cpu.memory.Memory;
import dev.assay.tensor.Op.BinaryFn;
import dev.assay.tensor.Op.UnaryFn;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Loops along one line: a step of 0 reads the same vector again. The last, partial vector is
 * masked.
 */
final class Lines {
  private static final java.nio.ByteOrder ORDER = java.nio.ByteOrder.nativeOrder();

  private Lines() {}

  static final int L = Memory.LANES;
  static final long S = 4L * L;

  static VectorMask<Float> m(int n) {
    return Memory.FLOATS.indexInRange(0, n);
  }

  static void unary(UnaryFn fn, int n, long d, long a, long s) {
    switch (fn) {
      case NEG -> neg(n, d, a, s);
      case ABS -> abs(n, d, a, s);
      case SIGN -> sign(n, d, a, s);
      case FLOOR -> floor(n, d, a, s);
      case EXP -> exp(n, d, a, s);
      case EXPM1 -> expm1(n, d, a, s);
      case LOG -> log(n, d, a, s);
      case LOG1P -> log1p(n, d, a, s);
      case SQRT -> sqrt(n, d, a, s);
      case RSQRT -> rsqrt(n, d, a, s);
      case RECIPROCAL -> reciprocal(n, d, a, s);
      case SIN -> sin(n, d, a, s);
      case COS -> cos(n, d, a, s);
      case TANH -> tanh(n, d, a, s);
      case SIGMOID -> sigmoid(n, d, a, s);
      case SOFTPLUS -> softplus(n, d, a, s);
      case ERF -> erf(n, d, a, s);
    }
  }

  private static void neg(int n, long d, long a, long s) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = Memory.load(a);
      Memory.store(x.neg(), d);
      a += s;
      d += S;
    }
    if (i < n) {
      VectorMask<Float> m = m(n - i);
      FloatVector x = Memory.load(a, m);
      Memory.store(x.neg(), d, m);
    }
  }

  private static void abs(int n, long d, long a, long s) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = Memory.load(a);
      Memory.store(x.abs(), d);
      a += s;
      d += S;
    }
    if (i < n) {
      VectorMask<Float> m = m(n - i);
      FloatVector x = Memory.load(a, m);
      Memory.store(x.abs(), d, m);
    }
  }

  private static void sign(int n, long d, long a, long s) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = Memory.load(a);
      Memory.store(VectorMath.sign(x), d);
      a += s;
      d += S;
    }
    if (i < n) {
      VectorMask<Float> m = m(n - i);
      FloatVector x = Memory.load(a, m);
      Memory.store(VectorMath.sign(x), d, m);
    }
  }

  private static void floor(int n, long d, long a, long s) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = Memory.load(a);
      Memory.store(VectorMath.floor(x), d);
      a += s;
      d += S;
    }
    if (i < n) {
      VectorMask<Float> m = m(n - i);
      FloatVector x = Memory.load(a, m);
      Memory.store(VectorMath.floor(x), d, m);
    }
  }

  private static void exp(int n, long d, long a, long s) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = Memory.load(a);
      Memory.store(VectorMath.exp(x), d);
      a += s;
      d += S;
    }
    if (i < n) {
      VectorMask<Float> m = m(n - i);
      FloatVector x = Memory.load(a, m);
      Memory.store(VectorMath.exp(x), d, m);
    }
  }

  private static void expm1(int n, long d, long a, long s) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = Memory.load(a);
      Memory.store(VectorMath.expm1(x), d);
      a += s;
      d += S;
    }
    if (i < n) {
      VectorMask<Float> m = m(n - i);
      FloatVector x = Memory.load(a, m);
      Memory.store(VectorMath.expm1(x), d, m);
    }
  }

  private static void log(int n, long d, long a, long s) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = Memory.load(a);
      Memory.store(VectorMath.log(x), d);
      a += s;
      d += S;
    }
    if (i < n) {
      VectorMask<Float> m = m(n - i);
      FloatVector x = Memory.load(a, m);
      Memory.store(VectorMath.log(x), d, m);
    }
  }

  private static void log1p(int n, long d, long a, long s) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = Memory.load(a);
      Memory.store(VectorMath.log1p(x), d);
      a += s;
      d += S;
    }
    if (i < n) {
      VectorMask<Float> m = m(n - i);
      FloatVector x = Memory.load(a, m);
      Memory.store(VectorMath.log1p(x), d, m);
    }
  }

  private static void sqrt(int n, long d, long a, long s) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = Memory.load(a);
      Memory.store(x.sqrt(), d);
      a += s;
      d += S;
    }
    if (i < n) {
      VectorMask<Float> m = m(n - i);
      FloatVector x = Memory.load(a, m);
      Memory.store(x.sqrt(), d, m);
    }
  }

  private static void rsqrt(int n, long d, long a, long s) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = Memory.load(a);
      Memory.store(VectorMath.rsqrt(x), d);
      a += s;
      d += S;
    }
    if (i < n) {
      VectorMask<Float> m = m(n - i);
      FloatVector x = Memory.load(a, m);
      Memory.store(VectorMath.rsqrt(x), d, m);
    }
  }

  private static void reciprocal(int n, long d, long a, long s) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = Memory.load(a);
      Memory.store(FloatVector.broadcast(Memory.FLOATS, 1f).div(x), d);
      a += s;
      d += S;
    }
    if (i < n) {
      VectorMask<Float> m = m(n - i);
      FloatVector x = Memory.load(a, m);
      Memory.store(FloatVector.broadcast(Memory.FLOATS, 1f).div(x), d, m);
    }
  }

  private static void sin(int n, long d, long a, long s) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = Memory.load(a);
      Memory.store(VectorTrigonometry.sin(x), d);
      a += s;
      d += S;
    }
    if (i < n) {
      VectorMask<Float> m = m(n - i);
      FloatVector x = Memory.load(a, m);
      Memory.store(VectorTrigonometry.sin(x), d, m);
    }
  }

  private static void cos(int n, long d, long a, long s) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = Memory.load(a);
      Memory.store(VectorTrigonometry.cos(x), d);
      a += s;
      d += S;
    }
    if (i < n) {
      VectorMask<Float> m = m(n - i);
      FloatVector x = Memory.load(a, m);
      Memory.store(VectorTrigonometry.cos(x), d, m);
    }
  }

  private static void tanh(int n, long d, long a, long s) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = Memory.load(a);
      Memory.store(VectorMath.tanh(x), d);
      a += s;
      d += S;
    }
    if (i < n) {
      VectorMask<Float> m = m(n - i);
      FloatVector x = Memory.load(a, m);
      Memory.store(VectorMath.tanh(x), d, m);
    }
  }

  private static void sigmoid(int n, long d, long a, long s) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = Memory.load(a);
      Memory.store(VectorMath.sigmoid(x), d);
      a += s;
      d += S;
    }
    if (i < n) {
      VectorMask<Float> m = m(n - i);
      FloatVector x = Memory.load(a, m);
      Memory.store(VectorMath.sigmoid(x), d, m);
    }
  }

  private static void softplus(int n, long d, long a, long s) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = Memory.load(a);
      Memory.store(VectorMath.softplus(x), d);
      a += s;
      d += S;
    }
    if (i < n) {
      VectorMask<Float> m = m(n - i);
      FloatVector x = Memory.load(a, m);
      Memory.store(VectorMath.softplus(x), d, m);
    }
  }

  private static void erf(int n, long d, long a, long s) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = Memory.load(a);
      Memory.store(VectorMath.erf(x), d);
      a += s;
      d += S;
    }
    if (i < n) {
      VectorMask<Float> m = m(n - i);
      FloatVector x = Memory.load(a, m);
      Memory.store(VectorMath.erf(x), d, m);
    }
  }

  static void binary(BinaryFn fn, int n, long d, long a, long s, long b, long t) {
    switch (fn) {
      case ADD -> add(n, d, a, s, b, t);
      case SUB -> sub(n, d, a, s, b, t);
      case MUL -> mul(n, d, a, s, b, t);
      case DIV -> div(n, d, a, s, b, t);
      case MAX -> max(n, d, a, s, b, t);
      case MIN -> min(n, d, a, s, b, t);
      case POW -> pow(n, d, a, s, b, t);
      case LESS -> less(n, d, a, s, b, t);
      case LESS_EQUAL -> lessEqual(n, d, a, s, b, t);
      case EQUAL -> equal(n, d, a, s, b, t);
    }
  }

  private static void add(int n, long d, long a, long s, long b, long t) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = Memory.load(a);
      FloatVector y = Memory.load(b);
      Memory.store(x.add(y), d);
      a += s;
      b += t;
      d += S;
    }
    if (i < n) {
      VectorMask<Float> m = m(n - i);
      FloatVector x = Memory.load(a, m);
      FloatVector y = Memory.load(b, m);
      Memory.store(x.add(y), d, m);
    }
  }

  private static void sub(int n, long d, long a, long s, long b, long t) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = Memory.load(a);
      FloatVector y = Memory.load(b);
      Memory.store(x.sub(y), d);
      a += s;
      b += t;
      d += S;
    }
    if (i < n) {
      VectorMask<Float> m = m(n - i);
      FloatVector x = Memory.load(a, m);
      FloatVector y = Memory.load(b, m);
      Memory.store(x.sub(y), d, m);
    }
  }

  private static void mul(int n, long d, long a, long s, long b, long t) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = Memory.load(a);
      FloatVector y = Memory.load(b);
      Memory.store(x.mul(y), d);
      a += s;
      b += t;
      d += S;
    }
    if (i < n) {
      VectorMask<Float> m = m(n - i);
      FloatVector x = Memory.load(a, m);
      FloatVector y = Memory.load(b, m);
      Memory.store(x.mul(y), d, m);
    }
  }

  private static void div(int n, long d, long a, long s, long b, long t) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = Memory.load(a);
      FloatVector y = Memory.load(b);
      Memory.store(x.div(y), d);
      a += s;
      b += t;
      d += S;
    }
    if (i < n) {
      VectorMask<Float> m = m(n - i);
      FloatVector x = Memory.load(a, m);
      FloatVector y = Memory.load(b, m);
      Memory.store(x.div(y), d, m);
    }
  }

  private static void max(int n, long d, long a, long s, long b, long t) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = Memory.load(a);
      FloatVector y = Memory.load(b);
      Memory.store(x.max(y), d);
      a += s;
      b += t;
      d += S;
    }
    if (i < n) {
      VectorMask<Float> m = m(n - i);
      FloatVector x = Memory.load(a, m);
      FloatVector y = Memory.load(b, m);
      Memory.store(x.max(y), d, m);
    }
  }

  private static void min(int n, long d, long a, long s, long b, long t) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = Memory.load(a);
      FloatVector y = Memory.load(b);
      Memory.store(x.min(y), d);
      a += s;
      b += t;
      d += S;
    }
    if (i < n) {
      VectorMask<Float> m = m(n - i);
      FloatVector x = Memory.load(a, m);
      FloatVector y = Memory.load(b, m);
      Memory.store(x.min(y), d, m);
    }
  }

  private static void pow(int n, long d, long a, long s, long b, long t) {
    int half = VectorPower.FLOATS.length();
    int parts = L / half;
    for (int i = 0; i < n; i += half) {
      VectorMask<Float> mask = VectorPower.FLOATS.indexInRange(i, n);
      FloatVector x = half(a + i / half * (s / parts), mask);
      FloatVector y = half(b + i / half * (t / parts), mask);
      VectorPower.pow(x, y).intoMemorySegment(Memory.ALL, d + 4L * i, ORDER, mask);
    }
  }

  private static FloatVector half(long address, VectorMask<Float> mask) {
    return FloatVector.fromMemorySegment(VectorPower.FLOATS, Memory.ALL, address, ORDER, mask);
  }

  private static void less(int n, long d, long a, long s, long b, long t) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = Memory.load(a);
      FloatVector y = Memory.load(b);
      Memory.store(
          FloatVector.broadcast(Memory.FLOATS, 0f).blend(1f, x.compare(VectorOperators.LT, y)), d);
      a += s;
      b += t;
      d += S;
    }
    if (i < n) {
      VectorMask<Float> m = m(n - i);
      FloatVector x = Memory.load(a, m);
      FloatVector y = Memory.load(b, m);
      Memory.store(
          FloatVector.broadcast(Memory.FLOATS, 0f).blend(1f, x.compare(VectorOperators.LT, y)),
          d,
          m);
    }
  }

  private static void lessEqual(int n, long d, long a, long s, long b, long t) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = Memory.load(a);
      FloatVector y = Memory.load(b);
      Memory.store(
          FloatVector.broadcast(Memory.FLOATS, 0f).blend(1f, x.compare(VectorOperators.LE, y)), d);
      a += s;
      b += t;
      d += S;
    }
    if (i < n) {
      VectorMask<Float> m = m(n - i);
      FloatVector x = Memory.load(a, m);
      FloatVector y = Memory.load(b, m);
      Memory.store(
          FloatVector.broadcast(Memory.FLOATS, 0f).blend(1f, x.compare(VectorOperators.LE, y)),
          d,
          m);
    }
  }

  private static void equal(int n, long d, long a, long s, long b, long t) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = Memory.load(a);
      FloatVector y = Memory.load(b);
      Memory.store(
          FloatVector.broadcast(Memory.FLOATS, 0f).blend(1f, x.compare(VectorOperators.EQ, y)), d);
      a += s;
      b += t;
      d += S;
    }
    if (i < n) {
      VectorMask<Float> m = m(n - i);
      FloatVector x = Memory.load(a, m);
      FloatVector y = Memory.load(b, m);
      Memory.store(
          FloatVector.broadcast(Memory.FLOATS, 0f).blend(1f, x.compare(VectorOperators.EQ, y)),
          d,
          m);
    }
  }

  static void fma(int n, long d, long a, long s, long b, long t, long c, long u) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = Memory.load(a);
      FloatVector y = Memory.load(b);
      FloatVector z = Memory.load(c);
      Memory.store(x.fma(y, z), d);
      a += s;
      b += t;
      c += u;
      d += S;
    }
    if (i < n) {
      VectorMask<Float> m = m(n - i);
      FloatVector x = Memory.load(a, m);
      FloatVector y = Memory.load(b, m);
      FloatVector z = Memory.load(c, m);
      Memory.store(x.fma(y, z), d, m);
    }
  }

  static void where(int n, long d, long a, long s, long b, long t, long c, long u) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = Memory.load(a);
      FloatVector y = Memory.load(b);
      FloatVector z = Memory.load(c);
      Memory.store(z.blend(y, x.compare(VectorOperators.NE, 0f)), d);
      a += s;
      b += t;
      c += u;
      d += S;
    }
    if (i < n) {
      VectorMask<Float> m = m(n - i);
      FloatVector x = Memory.load(a, m);
      FloatVector y = Memory.load(b, m);
      FloatVector z = Memory.load(c, m);
      Memory.store(z.blend(y, x.compare(VectorOperators.NE, 0f)), d, m);
    }
  }

  static void fill(int n, long d, float value) {
    FloatVector x = FloatVector.broadcast(Memory.FLOATS, value);
    int i = 0;
    for (; i <= n - L; i += L) {
      Memory.store(x, d);
      d += S;
    }
    if (i < n) {
      Memory.store(x, d, m(n - i));
    }
  }

  static void copy(int n, long d, long a) {
    int i = 0;
    for (; i <= n - L; i += L) {
      Memory.store(Memory.load(a), d);
      a += S;
      d += S;
    }
    if (i < n) {
      VectorMask<Float> m = m(n - i);
      Memory.store(Memory.load(a, m), d, m);
    }
  }
}
