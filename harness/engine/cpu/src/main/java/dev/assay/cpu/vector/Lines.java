package dev.assay.cpu.vector;

import dev.assay.cpu.memory.Memory;
import dev.assay.tensor.Op.BinaryFn;
import dev.assay.tensor.Op.UnaryFn;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Loops along one line. An operand's step is that of a vector, or 0 to read the same vector again.
 * The last, partial vector is masked.
 *
 * <p>C2 keeps vectors in registers only where everything is inlined, and it stops inlining when a
 * method grows too large. So each function has a loop of its own, reached through a table, which C2
 * does not inline; and the larger functions stand once in their loop, masked throughout.
 */
final class Lines {
  private static final int L = Memory.LANES;
  private static final long S = 4L * L;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final FloatVector ZERO = FloatVector.zero(Memory.FLOATS);
  private static final FloatVector ONE = FloatVector.broadcast(Memory.FLOATS, 1);

  private interface Unary {
    void run(int n, long d, long a, long s);
  }

  private interface Binary {
    void run(int n, long d, long a, long s, long b, long t);
  }

  private static final Unary[] UNARY = new Unary[UnaryFn.values().length];
  private static final Binary[] BINARY = new Binary[BinaryFn.values().length];

  static {
    UNARY[UnaryFn.NEG.ordinal()] = Lines::neg;
    UNARY[UnaryFn.ABS.ordinal()] = Lines::abs;
    UNARY[UnaryFn.SIGN.ordinal()] = Lines::sign;
    UNARY[UnaryFn.FLOOR.ordinal()] = Lines::floor;
    UNARY[UnaryFn.EXP.ordinal()] = Lines::exp;
    UNARY[UnaryFn.EXPM1.ordinal()] = Lines::expm1;
    UNARY[UnaryFn.LOG.ordinal()] = Lines::log;
    UNARY[UnaryFn.LOG1P.ordinal()] = Lines::log1p;
    UNARY[UnaryFn.SQRT.ordinal()] = Lines::sqrt;
    UNARY[UnaryFn.RSQRT.ordinal()] = Lines::rsqrt;
    UNARY[UnaryFn.RECIPROCAL.ordinal()] = Lines::reciprocal;
    UNARY[UnaryFn.SIN.ordinal()] = Lines::sin;
    UNARY[UnaryFn.COS.ordinal()] = Lines::cos;
    UNARY[UnaryFn.TANH.ordinal()] = Lines::tanh;
    UNARY[UnaryFn.SIGMOID.ordinal()] = Lines::sigmoid;
    UNARY[UnaryFn.SOFTPLUS.ordinal()] = Lines::softplus;
    UNARY[UnaryFn.ERF.ordinal()] = Lines::erf;
    BINARY[BinaryFn.ADD.ordinal()] = Lines::add;
    BINARY[BinaryFn.SUB.ordinal()] = Lines::sub;
    BINARY[BinaryFn.MUL.ordinal()] = Lines::mul;
    BINARY[BinaryFn.DIV.ordinal()] = Lines::div;
    BINARY[BinaryFn.MAX.ordinal()] = Lines::max;
    BINARY[BinaryFn.MIN.ordinal()] = Lines::min;
    BINARY[BinaryFn.POW.ordinal()] = Lines::pow;
    BINARY[BinaryFn.LESS.ordinal()] = Lines::less;
    BINARY[BinaryFn.LESS_EQUAL.ordinal()] = Lines::lessEqual;
    BINARY[BinaryFn.EQUAL.ordinal()] = Lines::equal;
  }

  private Lines() {}

  private static VectorMask<Float> tail(int lanes) {
    return Memory.FLOATS.indexInRange(0, lanes);
  }

  /** d = fn(a). */
  static void unary(UnaryFn fn, int n, long d, long a, long s) {
    UNARY[fn.ordinal()].run(n, d, a, s);
  }

  /** d = fn(a, b). */
  static void binary(BinaryFn fn, int n, long d, long a, long s, long b, long t) {
    BINARY[fn.ordinal()].run(n, d, a, s, b, t);
  }

  private static void neg(int n, long to, long from, long s) {
    long d = to;
    long a = from;
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = Memory.load(a);
      Memory.store(x.neg(), d);
      a += s;
      d += S;
    }
    if (i < n) {
      VectorMask<Float> m = tail(n - i);
      FloatVector x = Memory.load(a, m);
      Memory.store(x.neg(), d, m);
    }
  }

  private static void abs(int n, long to, long from, long s) {
    long d = to;
    long a = from;
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = Memory.load(a);
      Memory.store(x.abs(), d);
      a += s;
      d += S;
    }
    if (i < n) {
      VectorMask<Float> m = tail(n - i);
      FloatVector x = Memory.load(a, m);
      Memory.store(x.abs(), d, m);
    }
  }

  private static void sign(int n, long to, long from, long s) {
    long d = to;
    long a = from;
    for (int i = 0; i < n; i += L) {
      VectorMask<Float> m = Memory.FLOATS.indexInRange(i, n);
      FloatVector x = Memory.load(a, m);
      Memory.store(VectorMath.sign(x), d, m);
      a += s;
      d += S;
    }
  }

  private static void floor(int n, long to, long from, long s) {
    long d = to;
    long a = from;
    for (int i = 0; i < n; i += L) {
      VectorMask<Float> m = Memory.FLOATS.indexInRange(i, n);
      FloatVector x = Memory.load(a, m);
      Memory.store(VectorMath.floor(x), d, m);
      a += s;
      d += S;
    }
  }

  private static void exp(int n, long to, long from, long s) {
    long d = to;
    long a = from;
    for (int i = 0; i < n; i += L) {
      VectorMask<Float> m = Memory.FLOATS.indexInRange(i, n);
      FloatVector x = Memory.load(a, m);
      Memory.store(VectorMath.exp(x), d, m);
      a += s;
      d += S;
    }
  }

  private static void expm1(int n, long to, long from, long s) {
    long d = to;
    long a = from;
    for (int i = 0; i < n; i += L) {
      VectorMask<Float> m = Memory.FLOATS.indexInRange(i, n);
      FloatVector x = Memory.load(a, m);
      Memory.store(VectorMath.expm1(x), d, m);
      a += s;
      d += S;
    }
  }

  private static void log(int n, long to, long from, long s) {
    long d = to;
    long a = from;
    for (int i = 0; i < n; i += L) {
      VectorMask<Float> m = Memory.FLOATS.indexInRange(i, n);
      FloatVector x = Memory.load(a, m);
      Memory.store(VectorMath.log(x), d, m);
      a += s;
      d += S;
    }
  }

  private static void log1p(int n, long to, long from, long s) {
    long d = to;
    long a = from;
    for (int i = 0; i < n; i += L) {
      VectorMask<Float> m = Memory.FLOATS.indexInRange(i, n);
      FloatVector x = Memory.load(a, m);
      Memory.store(VectorMath.log1p(x), d, m);
      a += s;
      d += S;
    }
  }

  private static void sqrt(int n, long to, long from, long s) {
    long d = to;
    long a = from;
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = Memory.load(a);
      Memory.store(x.sqrt(), d);
      a += s;
      d += S;
    }
    if (i < n) {
      VectorMask<Float> m = tail(n - i);
      FloatVector x = Memory.load(a, m);
      Memory.store(x.sqrt(), d, m);
    }
  }

  private static void rsqrt(int n, long to, long from, long s) {
    long d = to;
    long a = from;
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = Memory.load(a);
      Memory.store(VectorMath.rsqrt(x), d);
      a += s;
      d += S;
    }
    if (i < n) {
      VectorMask<Float> m = tail(n - i);
      FloatVector x = Memory.load(a, m);
      Memory.store(VectorMath.rsqrt(x), d, m);
    }
  }

  private static void reciprocal(int n, long to, long from, long s) {
    long d = to;
    long a = from;
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = Memory.load(a);
      Memory.store(ONE.div(x), d);
      a += s;
      d += S;
    }
    if (i < n) {
      VectorMask<Float> m = tail(n - i);
      FloatVector x = Memory.load(a, m);
      Memory.store(ONE.div(x), d, m);
    }
  }

  private static void sin(int n, long to, long from, long s) {
    long d = to;
    long a = from;
    for (int i = 0; i < n; i += L) {
      VectorMask<Float> m = Memory.FLOATS.indexInRange(i, n);
      FloatVector x = Memory.load(a, m);
      Memory.store(VectorTrigonometry.sin(x), d, m);
      a += s;
      d += S;
    }
  }

  private static void cos(int n, long to, long from, long s) {
    long d = to;
    long a = from;
    for (int i = 0; i < n; i += L) {
      VectorMask<Float> m = Memory.FLOATS.indexInRange(i, n);
      FloatVector x = Memory.load(a, m);
      Memory.store(VectorTrigonometry.cos(x), d, m);
      a += s;
      d += S;
    }
  }

  private static void tanh(int n, long to, long from, long s) {
    long d = to;
    long a = from;
    for (int i = 0; i < n; i += L) {
      VectorMask<Float> m = Memory.FLOATS.indexInRange(i, n);
      FloatVector x = Memory.load(a, m);
      Memory.store(VectorMath.tanh(x), d, m);
      a += s;
      d += S;
    }
  }

  private static void sigmoid(int n, long to, long from, long s) {
    long d = to;
    long a = from;
    for (int i = 0; i < n; i += L) {
      VectorMask<Float> m = Memory.FLOATS.indexInRange(i, n);
      FloatVector x = Memory.load(a, m);
      Memory.store(VectorMath.sigmoid(x), d, m);
      a += s;
      d += S;
    }
  }

  private static void softplus(int n, long to, long from, long s) {
    long d = to;
    long a = from;
    for (int i = 0; i < n; i += L) {
      VectorMask<Float> m = Memory.FLOATS.indexInRange(i, n);
      FloatVector x = Memory.load(a, m);
      Memory.store(VectorMath.softplus(x), d, m);
      a += s;
      d += S;
    }
  }

  private static void erf(int n, long to, long from, long s) {
    long d = to;
    long a = from;
    for (int i = 0; i < n; i += L) {
      VectorMask<Float> m = Memory.FLOATS.indexInRange(i, n);
      FloatVector x = Memory.load(a, m);
      Memory.store(VectorMath.erf(x), d, m);
      a += s;
      d += S;
    }
  }

  private static void add(int n, long to, long first, long s, long second, long t) {
    long d = to;
    long a = first;
    long b = second;
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
      VectorMask<Float> m = tail(n - i);
      FloatVector x = Memory.load(a, m);
      FloatVector y = Memory.load(b, m);
      Memory.store(x.add(y), d, m);
    }
  }

  private static void sub(int n, long to, long first, long s, long second, long t) {
    long d = to;
    long a = first;
    long b = second;
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
      VectorMask<Float> m = tail(n - i);
      FloatVector x = Memory.load(a, m);
      FloatVector y = Memory.load(b, m);
      Memory.store(x.sub(y), d, m);
    }
  }

  private static void mul(int n, long to, long first, long s, long second, long t) {
    long d = to;
    long a = first;
    long b = second;
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
      VectorMask<Float> m = tail(n - i);
      FloatVector x = Memory.load(a, m);
      FloatVector y = Memory.load(b, m);
      Memory.store(x.mul(y), d, m);
    }
  }

  private static void div(int n, long to, long first, long s, long second, long t) {
    long d = to;
    long a = first;
    long b = second;
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
      VectorMask<Float> m = tail(n - i);
      FloatVector x = Memory.load(a, m);
      FloatVector y = Memory.load(b, m);
      Memory.store(x.div(y), d, m);
    }
  }

  private static void max(int n, long to, long first, long s, long second, long t) {
    long d = to;
    long a = first;
    long b = second;
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
      VectorMask<Float> m = tail(n - i);
      FloatVector x = Memory.load(a, m);
      FloatVector y = Memory.load(b, m);
      Memory.store(x.max(y), d, m);
    }
  }

  private static void min(int n, long to, long first, long s, long second, long t) {
    long d = to;
    long a = first;
    long b = second;
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
      VectorMask<Float> m = tail(n - i);
      FloatVector x = Memory.load(a, m);
      FloatVector y = Memory.load(b, m);
      Memory.store(x.min(y), d, m);
    }
  }

  private static void pow(int n, long d, long a, long s, long b, long t) {
    int half = VectorPower.FLOATS.length();
    int parts = L / half;
    for (int i = 0; i < n; i += half) {
      VectorMask<Float> m = VectorPower.FLOATS.indexInRange(i, n);
      FloatVector x = half(a + i / half * (s / parts), m);
      FloatVector y = half(b + i / half * (t / parts), m);
      VectorPower.pow(x, y).intoMemorySegment(Memory.ALL, d + 4L * i, ORDER, m);
    }
  }

  private static FloatVector half(long address, VectorMask<Float> mask) {
    return FloatVector.fromMemorySegment(VectorPower.FLOATS, Memory.ALL, address, ORDER, mask);
  }

  private static void less(int n, long to, long first, long s, long second, long t) {
    long d = to;
    long a = first;
    long b = second;
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = Memory.load(a);
      FloatVector y = Memory.load(b);
      Memory.store(ZERO.blend(ONE, x.compare(VectorOperators.LT, y)), d);
      a += s;
      b += t;
      d += S;
    }
    if (i < n) {
      VectorMask<Float> m = tail(n - i);
      FloatVector x = Memory.load(a, m);
      FloatVector y = Memory.load(b, m);
      Memory.store(ZERO.blend(ONE, x.compare(VectorOperators.LT, y)), d, m);
    }
  }

  private static void lessEqual(int n, long to, long first, long s, long second, long t) {
    long d = to;
    long a = first;
    long b = second;
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = Memory.load(a);
      FloatVector y = Memory.load(b);
      Memory.store(ZERO.blend(ONE, x.compare(VectorOperators.LE, y)), d);
      a += s;
      b += t;
      d += S;
    }
    if (i < n) {
      VectorMask<Float> m = tail(n - i);
      FloatVector x = Memory.load(a, m);
      FloatVector y = Memory.load(b, m);
      Memory.store(ZERO.blend(ONE, x.compare(VectorOperators.LE, y)), d, m);
    }
  }

  private static void equal(int n, long to, long first, long s, long second, long t) {
    long d = to;
    long a = first;
    long b = second;
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = Memory.load(a);
      FloatVector y = Memory.load(b);
      Memory.store(ZERO.blend(ONE, x.compare(VectorOperators.EQ, y)), d);
      a += s;
      b += t;
      d += S;
    }
    if (i < n) {
      VectorMask<Float> m = tail(n - i);
      FloatVector x = Memory.load(a, m);
      FloatVector y = Memory.load(b, m);
      Memory.store(ZERO.blend(ONE, x.compare(VectorOperators.EQ, y)), d, m);
    }
  }

  /** d = a · b + c, rounded once. */
  static void fma(int n, long to, long first, long s, long second, long t, long third, long u) {
    long d = to;
    long a = first;
    long b = second;
    long c = third;
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
      VectorMask<Float> m = tail(n - i);
      FloatVector x = Memory.load(a, m);
      FloatVector y = Memory.load(b, m);
      FloatVector z = Memory.load(c, m);
      Memory.store(x.fma(y, z), d, m);
    }
  }

  /** d = b where a is not 0, else c. */
  static void where(int n, long to, long first, long s, long second, long t, long third, long u) {
    long d = to;
    long a = first;
    long b = second;
    long c = third;
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
      VectorMask<Float> m = tail(n - i);
      FloatVector x = Memory.load(a, m);
      FloatVector y = Memory.load(b, m);
      FloatVector z = Memory.load(c, m);
      Memory.store(z.blend(y, x.compare(VectorOperators.NE, 0f)), d, m);
    }
  }

  /** d = value. */
  static void fill(int n, long to, float value) {
    FloatVector x = FloatVector.broadcast(Memory.FLOATS, value);
    long d = to;
    int i = 0;
    for (; i <= n - L; i += L) {
      Memory.store(x, d);
      d += S;
    }
    if (i < n) {
      Memory.store(x, d, tail(n - i));
    }
  }

  /** d = a, bit for bit. */
  static void copy(int n, long to, long from) {
    long d = to;
    long a = from;
    int i = 0;
    for (; i <= n - L; i += L) {
      Memory.store(Memory.load(a), d);
      a += S;
      d += S;
    }
    if (i < n) {
      VectorMask<Float> m = tail(n - i);
      Memory.store(Memory.load(a, m), d, m);
    }
  }
}
