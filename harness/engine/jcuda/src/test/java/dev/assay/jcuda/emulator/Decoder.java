package dev.assay.jcuda.emulator;

import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;
import java.util.function.LongBinaryOperator;

/**
 * Turns arithmetic, conversions and comparisons into actions, by the PTX ISA's description of each.
 */
final class Decoder {
  private final Operands at;
  private final Transfers transfers;
  private final Together together;

  Decoder(Operands operands, PtxModule.Kernel kernel) {
    at = operands;
    transfers = new Transfers(operands, kernel);
    together = new Together(operands);
  }

  private interface FloatUnary {
    float of(float x);
  }

  private interface FloatBinary {
    float of(float x, float y);
  }

  Action decode(PtxModule.Statement s) {
    String[] op = s.op().split("\\.");
    List<String> o = s.operands();
    String type = op[op.length - 1];
    return switch (op[0]) {
      case "ld", "st" -> transfers.decode(op, o);
      case "cp" -> new AsyncCopies.Decoding(at).decode(s.op(), o);
      case "shfl", "vote", "mma", "bar", "ldmatrix" -> together.decode(op, o);
      case "mov", "cvta" -> move(type, o);
      case "cvt" -> new Conversions(at).decode(s.op(), o);
      case "setp" -> new Comparisons(at).decode(op, o);
      case "selp" -> select(type, o);
      case "add", "sub", "mul", "mad", "fma", "div", "rem", "min", "max" ->
          arithmetic(s.op(), op, o);
      case "and", "or", "xor", "not", "shl", "shr", "popc", "bfi" -> bits(op[0], type, o);
      case "neg" -> type.equals("f32") ? f1(o, x -> -x) : i1(o, x -> -x);
      case "abs" -> type.equals("f32") ? f1(o, Math::abs) : i1(o, Math::abs);
      case "sqrt" -> f1(o, x -> (float) Math.sqrt(x));
      case "rcp" -> f1(o, x -> 1 / x);
      case "ex2" -> f1(o, Decoder::exp2);
      default -> throw unknown(s.op());
    };
  }

  static IllegalArgumentException unknown(String op) {
    return new IllegalArgumentException("the emulator does not know " + op);
  }

  /** Flushes subnormal numbers, as the only form in use says. */
  private static float exp2(float x) {
    float y = (float) Math.pow(2, Math.abs(x) < Float.MIN_NORMAL ? 0 : x);
    return y < Float.MIN_NORMAL ? 0 : y;
  }

  private Action arithmetic(String name, String[] op, List<String> o) {
    return switch (name) {
      case "fma.rn.f32" -> fma(o);
      case "fma.rm.f32" -> f3(o, Decoder::fmaDown);
      case "add.f32", "add.rn.f32" -> addFloats(o);
      case "mul.f32", "mul.rn.f32" -> mulFloats(o);
      case "sub.f32", "sub.rn.f32" -> f2(o, (x, y) -> x - y);
      case "div.rn.f32" -> f2(o, (x, y) -> x / y);
      case "min.f32" -> f2(o, (x, y) -> Float.isNaN(x) ? y : Float.isNaN(y) ? x : Math.min(x, y));
      case "max.f32" -> f2(o, (x, y) -> Float.isNaN(x) ? y : Float.isNaN(y) ? x : Math.max(x, y));
      case "add.s32", "add.u32" -> addWords(o);
      case "sub.s32", "sub.u32" -> i2(o, (x, y) -> x - y);
      case "mul.lo.s32", "mul.lo.u32" -> i2(o, (x, y) -> x * y);
      case "mul.hi.u32" -> i2(o, (x, y) -> (int) (((x & 0xFFFFFFFFL) * (y & 0xFFFFFFFFL)) >>> 32));
      case "mul.hi.s32" -> i2(o, (x, y) -> (int) (((long) x * y) >> 32));
      case "div.s32" -> i2(o, (x, y) -> x / y);
      case "rem.s32" -> i2(o, (x, y) -> x % y);
      case "div.u32" -> i2(o, Integer::divideUnsigned);
      case "rem.u32" -> i2(o, Integer::remainderUnsigned);
      case "min.s32" -> i2(o, Math::min);
      case "max.s32" -> i2(o, Math::max);
      case "mad.lo.s32", "mad.lo.u32" -> mad(o);
      case "add.s64", "add.u64" -> l2(o, Long::sum);
      case "sub.s64", "sub.u64" -> l2(o, (x, y) -> x - y);
      case "mul.lo.s64", "mul.lo.u64" -> l2(o, (x, y) -> x * y);
      case "mad.lo.s64" -> madLongs(o);
      case "mul.wide.s32", "mul.wide.u32" -> wide(o, op[2].equals("s32"), false);
      case "mad.wide.s32", "mad.wide.u32" -> wide(o, op[2].equals("s32"), true);
      case "add.rn.f64", "add.f64" -> d2(o, Double::sum);
      case "sub.rn.f64", "sub.f64" -> d2(o, (x, y) -> x - y);
      case "mul.rn.f64", "mul.f64" -> d2(o, (x, y) -> x * y);
      case "div.rn.f64" -> d2(o, (x, y) -> x / y);
      case "fma.rn.f64" -> fmaDoubles(o);
      default -> throw unknown(name);
    };
  }

  /** x y + z rounded down: the nearest float, and whether the exact sum lies below it. */
  private static float fmaDown(float x, float y, float z) {
    float nearest = Math.fma(x, y, z);
    double product = (double) x * y;
    double sum = product + z;
    double back = sum - product;
    double error = (product - (sum - back)) + (z - back);
    boolean above = nearest > sum || (nearest == sum && error < 0);
    return above ? Math.nextDown(nearest) : nearest;
  }

  private Action fma(List<String> o) {
    int to = at.word(o.get(0));
    int a = at.word(o.get(1));
    int b = at.word(o.get(2));
    int c = at.word(o.get(3));
    return (f, lanes, n) -> {
      int w = f.width;
      int[] r = f.r;
      for (int i = 0; i < n; i++) {
        int t = lanes[i];
        float y =
            Math.fma(
                Float.intBitsToFloat(r[a * w + t]),
                Float.intBitsToFloat(r[b * w + t]),
                Float.intBitsToFloat(r[c * w + t]));
        r[to * w + t] = Float.floatToRawIntBits(y);
      }
    };
  }

  private Action addFloats(List<String> o) {
    int to = at.word(o.get(0));
    int a = at.word(o.get(1));
    int b = at.word(o.get(2));
    return (f, lanes, n) -> {
      int w = f.width;
      for (int i = 0; i < n; i++) {
        int t = lanes[i];
        f.f(to * w + t, f.f(a * w + t) + f.f(b * w + t));
      }
    };
  }

  private Action mulFloats(List<String> o) {
    int to = at.word(o.get(0));
    int a = at.word(o.get(1));
    int b = at.word(o.get(2));
    return (f, lanes, n) -> {
      int w = f.width;
      for (int i = 0; i < n; i++) {
        int t = lanes[i];
        f.f(to * w + t, f.f(a * w + t) * f.f(b * w + t));
      }
    };
  }

  private Action addWords(List<String> o) {
    int to = at.word(o.get(0));
    int a = at.word(o.get(1));
    int b = at.word(o.get(2));
    return (f, lanes, n) -> {
      int w = f.width;
      int[] r = f.r;
      for (int i = 0; i < n; i++) {
        int t = lanes[i];
        r[to * w + t] = r[a * w + t] + r[b * w + t];
      }
    };
  }

  private Action mad(List<String> o) {
    int to = at.word(o.get(0));
    int a = at.word(o.get(1));
    int b = at.word(o.get(2));
    int c = at.word(o.get(3));
    return (f, lanes, n) -> {
      int w = f.width;
      int[] r = f.r;
      for (int i = 0; i < n; i++) {
        int t = lanes[i];
        r[to * w + t] = r[a * w + t] * r[b * w + t] + r[c * w + t];
      }
    };
  }

  private Action madLongs(List<String> o) {
    int to = at.wide(o.get(0));
    int a = at.wide(o.get(1));
    int b = at.wide(o.get(2));
    int c = at.wide(o.get(3));
    return (f, lanes, n) -> {
      int w = f.width;
      for (int i = 0; i < n; i++) {
        int t = lanes[i];
        f.d[to * w + t] = f.d[a * w + t] * f.d[b * w + t] + f.d[c * w + t];
      }
    };
  }

  private Action wide(List<String> o, boolean signed, boolean sum) {
    int to = at.wide(o.get(0));
    int a = at.word(o.get(1));
    int b = at.word(o.get(2));
    int c = sum ? at.wide(o.get(3)) : -1;
    return (f, lanes, n) -> {
      int w = f.width;
      for (int i = 0; i < n; i++) {
        int t = lanes[i];
        long x = f.r[a * w + t];
        long y = f.r[b * w + t];
        long product = signed ? x * y : (x & 0xFFFFFFFFL) * (y & 0xFFFFFFFFL);
        f.d[to * w + t] = product + (sum ? f.d[c * w + t] : 0);
      }
    };
  }

  private Action fmaDoubles(List<String> o) {
    int to = at.wide(o.get(0));
    int a = at.wide(o.get(1));
    int b = at.wide(o.get(2));
    int c = at.wide(o.get(3));
    return (f, lanes, n) -> {
      int w = f.width;
      for (int i = 0; i < n; i++) {
        int t = lanes[i];
        f.x(to * w + t, Math.fma(f.x(a * w + t), f.x(b * w + t), f.x(c * w + t)));
      }
    };
  }

  private Action move(String type, List<String> o) {
    if (type.equals("pred")) {
      int to = at.predicate(o.get(0));
      if (!o.get(1).startsWith("%")) {
        boolean value = !o.get(1).equals("0");
        return (f, lanes, n) -> {
          for (int i = 0; i < n; i++) {
            f.p[to * f.width + lanes[i]] = value;
          }
        };
      }
      int from = at.predicate(o.get(1));
      return (f, lanes, n) -> {
        for (int i = 0; i < n; i++) {
          f.p[to * f.width + lanes[i]] = f.p[from * f.width + lanes[i]];
        }
      };
    }
    if (Operands.isLong(o.get(0))) {
      int to = at.wide(o.get(0));
      int from = at.wide(o.get(1));
      return (f, lanes, n) -> {
        for (int i = 0; i < n; i++) {
          f.d[to * f.width + lanes[i]] = f.d[from * f.width + lanes[i]];
        }
      };
    }
    int to = at.word(o.get(0));
    int from = at.word(o.get(1));
    return (f, lanes, n) -> {
      int w = f.width;
      int[] r = f.r;
      for (int i = 0; i < n; i++) {
        r[to * w + lanes[i]] = r[from * w + lanes[i]];
      }
    };
  }

  private Action select(String type, List<String> o) {
    int p = at.predicate(o.get(3));
    if (type.endsWith("64")) {
      int to = at.wide(o.get(0));
      int a = at.wide(o.get(1));
      int b = at.wide(o.get(2));
      return (f, lanes, n) -> {
        int w = f.width;
        for (int i = 0; i < n; i++) {
          int t = lanes[i];
          f.d[to * w + t] = f.p[p * w + t] ? f.d[a * w + t] : f.d[b * w + t];
        }
      };
    }
    int to = at.word(o.get(0));
    int a = at.word(o.get(1));
    int b = at.word(o.get(2));
    return (f, lanes, n) -> {
      int w = f.width;
      for (int i = 0; i < n; i++) {
        int t = lanes[i];
        f.r[to * w + t] = f.p[p * w + t] ? f.r[a * w + t] : f.r[b * w + t];
      }
    };
  }

  private Action bits(String op, String type, List<String> o) {
    if (type.equals("pred")) {
      return new Comparisons(at).logic(op, o);
    }
    if (type.endsWith("64")) {
      return switch (op) {
        case "and" -> l2(o, (x, y) -> x & y);
        case "or" -> l2(o, (x, y) -> x | y);
        case "xor" -> l2(o, (x, y) -> x ^ y);
        case "shl" -> shift(o, (x, y) -> y > 63 ? 0 : x << y);
        case "shr" ->
            type.equals("s64")
                ? shift(o, (x, y) -> x >> Math.min(y, 63))
                : shift(o, (x, y) -> y > 63 ? 0 : x >>> y);
        case "bfi" -> insert(o);
        default -> throw unknown(op + "." + type);
      };
    }
    return switch (op) {
      case "and" -> i2(o, (x, y) -> x & y);
      case "or" -> i2(o, (x, y) -> x | y);
      case "xor" -> i2(o, (x, y) -> x ^ y);
      case "not" -> i1(o, x -> ~x);
      case "popc" -> i1(o, Integer::bitCount);
      case "bfi" -> insertWord(o);
      case "shl" -> i2(o, (x, y) -> Integer.compareUnsigned(y, 31) > 0 ? 0 : x << y);
      case "shr" ->
          type.equals("s32")
              ? i2(o, (x, y) -> x >> Math.min(y & 0xFF, 31))
              : i2(o, (x, y) -> Integer.compareUnsigned(y, 31) > 0 ? 0 : x >>> y);
      default -> throw unknown(op + "." + type);
    };
  }

  private Action shift(List<String> o, LongBinaryOperator op) {
    int to = at.wide(o.get(0));
    int a = at.wide(o.get(1));
    int b = at.word(o.get(2));
    return (f, lanes, n) -> {
      int w = f.width;
      for (int i = 0; i < n; i++) {
        int t = lanes[i];
        f.d[to * w + t] = op.applyAsLong(f.d[a * w + t], f.r[b * w + t]);
      }
    };
  }

  private Action insertWord(List<String> o) {
    int position = Integer.parseInt(o.get(3));
    int mask = (int) ((1L << Integer.parseInt(o.get(4))) - 1) << position;
    return i2(o, (x, y) -> (x << position & mask) | (y & ~mask));
  }

  private Action insert(List<String> o) {
    int to = at.wide(o.get(0));
    int a = at.wide(o.get(1));
    int b = at.wide(o.get(2));
    int position = Integer.parseInt(o.get(3));
    long mask = ((1L << Integer.parseInt(o.get(4))) - 1) << position;
    return (f, lanes, n) -> {
      int w = f.width;
      for (int i = 0; i < n; i++) {
        int t = lanes[i];
        f.d[to * w + t] = (f.d[a * w + t] << position & mask) | (f.d[b * w + t] & ~mask);
      }
    };
  }

  private Action i1(List<String> o, IntUnaryOperator op) {
    int to = at.word(o.get(0));
    int a = at.word(o.get(1));
    return (f, lanes, n) -> {
      int w = f.width;
      for (int i = 0; i < n; i++) {
        f.r[to * w + lanes[i]] = op.applyAsInt(f.r[a * w + lanes[i]]);
      }
    };
  }

  private Action i2(List<String> o, IntBinaryOperator op) {
    int to = at.word(o.get(0));
    int a = at.word(o.get(1));
    int b = at.word(o.get(2));
    return (f, lanes, n) -> {
      int w = f.width;
      for (int i = 0; i < n; i++) {
        int t = lanes[i];
        f.r[to * w + t] = op.applyAsInt(f.r[a * w + t], f.r[b * w + t]);
      }
    };
  }

  private Action l2(List<String> o, LongBinaryOperator op) {
    int to = at.wide(o.get(0));
    int a = at.wide(o.get(1));
    int b = at.wide(o.get(2));
    return (f, lanes, n) -> {
      int w = f.width;
      for (int i = 0; i < n; i++) {
        int t = lanes[i];
        f.d[to * w + t] = op.applyAsLong(f.d[a * w + t], f.d[b * w + t]);
      }
    };
  }

  private Action d2(List<String> o, DoubleBinaryOperator op) {
    int to = at.wide(o.get(0));
    int a = at.wide(o.get(1));
    int b = at.wide(o.get(2));
    return (f, lanes, n) -> {
      int w = f.width;
      for (int i = 0; i < n; i++) {
        int t = lanes[i];
        f.x(to * w + t, op.applyAsDouble(f.x(a * w + t), f.x(b * w + t)));
      }
    };
  }

  private Action f1(List<String> o, FloatUnary op) {
    int to = at.word(o.get(0));
    int a = at.word(o.get(1));
    return (f, lanes, n) -> {
      int w = f.width;
      for (int i = 0; i < n; i++) {
        f.f(to * w + lanes[i], op.of(f.f(a * w + lanes[i])));
      }
    };
  }

  private Action f2(List<String> o, FloatBinary op) {
    int to = at.word(o.get(0));
    int a = at.word(o.get(1));
    int b = at.word(o.get(2));
    return (f, lanes, n) -> {
      int w = f.width;
      for (int i = 0; i < n; i++) {
        int t = lanes[i];
        f.f(to * w + t, op.of(f.f(a * w + t), f.f(b * w + t)));
      }
    };
  }

  private interface FloatTernary {
    float of(float x, float y, float z);
  }

  private Action f3(List<String> o, FloatTernary op) {
    int to = at.word(o.get(0));
    int a = at.word(o.get(1));
    int b = at.word(o.get(2));
    int c = at.word(o.get(3));
    return (f, lanes, n) -> {
      int w = f.width;
      for (int i = 0; i < n; i++) {
        int t = lanes[i];
        f.f(to * w + t, op.of(f.f(a * w + t), f.f(b * w + t), f.f(c * w + t)));
      }
    };
  }
}
