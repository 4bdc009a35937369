package dev.assay.jcuda.emulator;

import java.util.List;

/** Predicates: {@code setp}, and logic on them. */
final class Comparisons {
  private final Operands at;

  Comparisons(Operands operands) {
    at = operands;
  }

  private interface Test {
    boolean of(Frame f, int lane);
  }

  Action decode(String[] op, List<String> o) {
    Test test = test(op[1], op[op.length - 1], o.get(1), o.get(2));
    int to = at.predicate(o.get(0));
    if (op.length == 3) {
      return (f, lanes, n) -> {
        for (int i = 0; i < n; i++) {
          f.p[to * f.width + lanes[i]] = test.of(f, lanes[i]);
        }
      };
    }
    boolean and = op[2].equals("and");
    if (!and && !op[2].equals("or")) {
      throw Decoder.unknown(String.join(".", op));
    }
    int other = at.predicate(o.get(3));
    return (f, lanes, n) -> {
      for (int i = 0; i < n; i++) {
        int t = lanes[i];
        boolean given = other >= 0 ? f.p[other * f.width + t] : !f.p[~other * f.width + t];
        f.p[to * f.width + t] = and ? given & test.of(f, t) : given | test.of(f, t);
      }
    };
  }

  private Test test(String how, String type, String left, String right) {
    if (type.equals("f32")) {
      int a = at.word(left);
      int b = at.word(right);
      return (f, t) -> floats(how, f.f(a * f.width + t), f.f(b * f.width + t));
    }
    if (type.equals("f64")) {
      int a = at.wide(left);
      int b = at.wide(right);
      return (f, t) -> floats(how, f.x(a * f.width + t), f.x(b * f.width + t));
    }
    boolean unsigned = type.startsWith("u");
    if (type.endsWith("64")) {
      int a = at.wide(left);
      int b = at.wide(right);
      return (f, t) -> {
        long x = f.d[a * f.width + t];
        long y = f.d[b * f.width + t];
        return order(how, unsigned ? Long.compareUnsigned(x, y) : Long.compare(x, y));
      };
    }
    int a = at.word(left);
    int b = at.word(right);
    return (f, t) -> {
      int x = f.r[a * f.width + t];
      int y = f.r[b * f.width + t];
      return order(how, unsigned ? Integer.compareUnsigned(x, y) : Integer.compare(x, y));
    };
  }

  private static boolean order(String how, int sign) {
    return switch (how) {
      case "lt", "lo" -> sign < 0;
      case "le", "ls" -> sign <= 0;
      case "gt", "hi" -> sign > 0;
      case "ge", "hs" -> sign >= 0;
      case "eq" -> sign == 0;
      case "ne" -> sign != 0;
      default -> throw Decoder.unknown("setp." + how);
    };
  }

  private static boolean floats(String how, double x, double y) {
    boolean nan = Double.isNaN(x) || Double.isNaN(y);
    return switch (how) {
      case "lt" -> x < y;
      case "le" -> x <= y;
      case "gt" -> x > y;
      case "ge" -> x >= y;
      case "eq" -> x == y;
      case "ne" -> !nan && x != y;
      case "nan" -> nan;
      case "num" -> !nan;
      case "ltu" -> nan || x < y;
      case "leu" -> nan || x <= y;
      case "gtu" -> nan || x > y;
      case "geu" -> nan || x >= y;
      case "equ" -> nan || x == y;
      case "neu" -> nan || x != y;
      default -> throw Decoder.unknown("setp." + how);
    };
  }

  Action logic(String op, List<String> o) {
    int to = at.predicate(o.get(0));
    int a = at.predicate(o.get(1));
    int b = o.size() > 2 ? at.predicate(o.get(2)) : a;
    return (f, lanes, n) -> {
      int w = f.width;
      for (int i = 0; i < n; i++) {
        int t = lanes[i];
        boolean x = f.p[a * w + t];
        boolean y = f.p[b * w + t];
        f.p[to * w + t] =
            switch (op) {
              case "and" -> x & y;
              case "or" -> x | y;
              case "xor" -> x ^ y;
              case "not" -> !x;
              default -> throw Decoder.unknown(op + ".pred");
            };
      }
    };
  }
}
