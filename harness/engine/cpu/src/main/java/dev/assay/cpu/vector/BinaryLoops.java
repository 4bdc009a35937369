package dev.assay.cpu.vector;

import static dev.assay.cpu.memory.Memory.load;
import static dev.assay.cpu.memory.Memory.store;
import static dev.assay.cpu.vector.Lines.L;
import static dev.assay.cpu.vector.Lines.S;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.assay.cpu.memory.Memory;
import dev.assay.tensor.Op.BinaryFn;
import java.nio.ByteOrder;
import java.util.EnumMap;
import java.util.Map;
import jdk.incubator.vector.FloatVector;

/** Loops d = fn(a, b) over whole vectors, one for each function. */
final class BinaryLoops {
  /** See {@link Lines}: {@code n} is a multiple of the lanes, s and t a vector's bytes or 0. */
  interface Loop {
    void run(int n, long d, long a, long s, long b, long t);
  }

  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final Loop[] LOOPS = table();

  private BinaryLoops() {}

  static Loop of(BinaryFn fn) {
    return LOOPS[fn.ordinal()];
  }

  private static Loop[] table() {
    Map<BinaryFn, Loop> loops = new EnumMap<>(BinaryFn.class);
    loops.put(BinaryFn.ADD, BinaryLoops::add);
    loops.put(BinaryFn.SUB, BinaryLoops::sub);
    loops.put(BinaryFn.MUL, BinaryLoops::mul);
    loops.put(BinaryFn.DIV, BinaryLoops::div);
    loops.put(BinaryFn.MAX, BinaryLoops::max);
    loops.put(BinaryFn.MIN, BinaryLoops::min);
    loops.put(BinaryFn.POW, BinaryLoops::pow);
    loops.put(BinaryFn.LESS, BinaryLoops::less);
    loops.put(BinaryFn.LESS_EQUAL, BinaryLoops::lessEqual);
    loops.put(BinaryFn.EQUAL, BinaryLoops::equal);
    return loops.values().toArray(new Loop[BinaryFn.values().length]);
  }

  private static void add(int n, long d, long a, long s, long b, long t) {
    for (int i = 0; i < n; i += L, d += S, a += s, b += t) {
      store(load(a).add(load(b)), d);
    }
  }

  private static void sub(int n, long d, long a, long s, long b, long t) {
    for (int i = 0; i < n; i += L, d += S, a += s, b += t) {
      store(load(a).sub(load(b)), d);
    }
  }

  private static void mul(int n, long d, long a, long s, long b, long t) {
    for (int i = 0; i < n; i += L, d += S, a += s, b += t) {
      store(load(a).mul(load(b)), d);
    }
  }

  private static void div(int n, long d, long a, long s, long b, long t) {
    for (int i = 0; i < n; i += L, d += S, a += s, b += t) {
      store(load(a).div(load(b)), d);
    }
  }

  private static void max(int n, long d, long a, long s, long b, long t) {
    for (int i = 0; i < n; i += L, d += S, a += s, b += t) {
      store(load(a).max(load(b)), d);
    }
  }

  private static void min(int n, long d, long a, long s, long b, long t) {
    for (int i = 0; i < n; i += L, d += S, a += s, b += t) {
      store(load(a).min(load(b)), d);
    }
  }

  private static void less(int n, long d, long a, long s, long b, long t) {
    for (int i = 0; i < n; i += L, d += S, a += s, b += t) {
      store(VectorMath.one(load(a).compare(LT, load(b))), d);
    }
  }

  private static void lessEqual(int n, long d, long a, long s, long b, long t) {
    for (int i = 0; i < n; i += L, d += S, a += s, b += t) {
      store(VectorMath.one(load(a).compare(LE, load(b))), d);
    }
  }

  private static void equal(int n, long d, long a, long s, long b, long t) {
    for (int i = 0; i < n; i += L, d += S, a += s, b += t) {
      store(VectorMath.one(load(a).compare(EQ, load(b))), d);
    }
  }

  /** By halves of vectors, which are whole vectors once made doubles. */
  private static void pow(int n, long d, long a, long s, long b, long t) {
    for (int i = 0; i < n; i += L / 2, d += S / 2, a += s / 2, b += t / 2) {
      FloatVector power = VectorPower.pow(VectorPower.load(a), VectorPower.load(b));
      power.intoMemorySegment(Memory.ALL, d, ORDER);
    }
  }
}
