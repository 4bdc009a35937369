package dev.assay.cpu.vector;

import static dev.assay.cpu.memory.Memory.load;
import static dev.assay.cpu.memory.Memory.store;
import static dev.assay.cpu.vector.Lines.L;
import static dev.assay.cpu.vector.Lines.S;

import dev.assay.tensor.Op.UnaryFn;
import java.util.EnumMap;
import java.util.Map;

/** Loops d = fn(a) over whole vectors, one for each function. */
final class UnaryLoops {
  /** See {@link Lines}: {@code n} is a multiple of the lanes, {@code s} a vector's bytes or 0. */
  interface Loop {
    void run(int n, long d, long a, long s);
  }

  private static final Loop[] LOOPS = table();

  private UnaryLoops() {}

  static Loop of(UnaryFn fn) {
    return LOOPS[fn.ordinal()];
  }

  private static Loop[] table() {
    Map<UnaryFn, Loop> loops = new EnumMap<>(UnaryFn.class);
    loops.put(UnaryFn.NEG, UnaryLoops::neg);
    loops.put(UnaryFn.ABS, UnaryLoops::abs);
    loops.put(UnaryFn.SIGN, UnaryLoops::sign);
    loops.put(UnaryFn.FLOOR, UnaryLoops::floor);
    loops.put(UnaryFn.EXP, UnaryLoops::exp);
    loops.put(UnaryFn.EXPM1, UnaryLoops::expm1);
    loops.put(UnaryFn.LOG, UnaryLoops::log);
    loops.put(UnaryFn.LOG1P, UnaryLoops::log1p);
    loops.put(UnaryFn.SQRT, UnaryLoops::sqrt);
    loops.put(UnaryFn.RSQRT, UnaryLoops::rsqrt);
    loops.put(UnaryFn.RECIPROCAL, UnaryLoops::reciprocal);
    loops.put(UnaryFn.SIN, UnaryLoops::sin);
    loops.put(UnaryFn.COS, UnaryLoops::cos);
    loops.put(UnaryFn.TANH, UnaryLoops::tanh);
    loops.put(UnaryFn.SIGMOID, UnaryLoops::sigmoid);
    loops.put(UnaryFn.SOFTPLUS, UnaryLoops::softplus);
    loops.put(UnaryFn.ERF, UnaryLoops::erf);
    return loops.values().toArray(new Loop[UnaryFn.values().length]);
  }

  private static void neg(int n, long d, long a, long s) {
    for (int i = 0; i < n; i += L, d += S, a += s) {
      store(load(a).neg(), d);
    }
  }

  private static void abs(int n, long d, long a, long s) {
    for (int i = 0; i < n; i += L, d += S, a += s) {
      store(load(a).abs(), d);
    }
  }

  private static void sign(int n, long d, long a, long s) {
    for (int i = 0; i < n; i += L, d += S, a += s) {
      store(VectorMath.sign(load(a)), d);
    }
  }

  private static void floor(int n, long d, long a, long s) {
    for (int i = 0; i < n; i += L, d += S, a += s) {
      store(VectorMath.floor(load(a)), d);
    }
  }

  private static void exp(int n, long d, long a, long s) {
    for (int i = 0; i < n; i += L, d += S, a += s) {
      store(VectorMath.exp(load(a)), d);
    }
  }

  private static void expm1(int n, long d, long a, long s) {
    for (int i = 0; i < n; i += L, d += S, a += s) {
      store(VectorMath.expm1(load(a)), d);
    }
  }

  private static void log(int n, long d, long a, long s) {
    for (int i = 0; i < n; i += L, d += S, a += s) {
      store(VectorMath.log(load(a)), d);
    }
  }

  private static void log1p(int n, long d, long a, long s) {
    for (int i = 0; i < n; i += L, d += S, a += s) {
      store(VectorMath.log1p(load(a)), d);
    }
  }

  private static void sqrt(int n, long d, long a, long s) {
    for (int i = 0; i < n; i += L, d += S, a += s) {
      store(load(a).sqrt(), d);
    }
  }

  private static void rsqrt(int n, long d, long a, long s) {
    for (int i = 0; i < n; i += L, d += S, a += s) {
      store(VectorMath.rsqrt(load(a)), d);
    }
  }

  private static void reciprocal(int n, long d, long a, long s) {
    for (int i = 0; i < n; i += L, d += S, a += s) {
      store(VectorMath.ONE.div(load(a)), d);
    }
  }

  private static void sin(int n, long d, long a, long s) {
    for (int i = 0; i < n; i += L, d += S, a += s) {
      store(VectorTrigonometry.sin(load(a)), d);
    }
  }

  private static void cos(int n, long d, long a, long s) {
    for (int i = 0; i < n; i += L, d += S, a += s) {
      store(VectorTrigonometry.cos(load(a)), d);
    }
  }

  private static void tanh(int n, long d, long a, long s) {
    for (int i = 0; i < n; i += L, d += S, a += s) {
      store(VectorMath.tanh(load(a)), d);
    }
  }

  private static void sigmoid(int n, long d, long a, long s) {
    for (int i = 0; i < n; i += L, d += S, a += s) {
      store(VectorMath.sigmoid(load(a)), d);
    }
  }

  /** In two loops, since C2 does not keep all that one would need in registers. */
  private static void softplus(int n, long d, long a, long s) {
    long decays = Own.get().strip();
    for (int i = 0; i < n; i += Own.STRIP) {
      int strip = Math.min(Own.STRIP, n - i);
      long x = a + i / L * s;
      decays(strip, decays, x, s);
      softplus(strip, d + i / L * S, x, s, decays);
    }
  }

  private static void decays(int n, long d, long a, long s) {
    for (int i = 0; i < n; i += L, d += S, a += s) {
      store(VectorMath.decay(load(a)), d);
    }
  }

  private static void softplus(int n, long d, long a, long s, long decays) {
    for (int i = 0; i < n; i += L, d += S, a += s, decays += S) {
      store(VectorMath.softplus(load(a), load(decays)), d);
    }
  }

  private static void erf(int n, long d, long a, long s) {
    for (int i = 0; i < n; i += L, d += S, a += s) {
      store(VectorMath.erf(load(a)), d);
    }
  }
}
