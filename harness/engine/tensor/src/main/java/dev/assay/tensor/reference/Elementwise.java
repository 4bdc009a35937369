package dev.assay.tensor.reference;

import dev.assay.tensor.Op.BinaryFn;
import dev.assay.tensor.Op.UnaryFn;

/** Functions of one element of each operand. */
final class Elementwise {
  private Elementwise() {}

  static double[] unary(UnaryFn fn, double[] x) {
    double[] y = new double[x.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = apply(fn, x[i]);
    }
    return y;
  }

  static double[] binary(BinaryFn fn, double[] x, double[] y) {
    double[] z = new double[x.length];
    for (int i = 0; i < z.length; i++) {
      z[i] = apply(fn, x[i], y[i]);
    }
    return z;
  }

  static double[] where(double[] mask, double[] x, double[] y) {
    double[] z = new double[mask.length];
    for (int i = 0; i < z.length; i++) {
      z[i] = mask[i] != 0 ? x[i] : y[i];
    }
    return z;
  }

  static double[] truncate(double[] x) {
    double[] y = new double[x.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = (int) x[i];
    }
    return y;
  }

  private static double apply(UnaryFn fn, double x) {
    return switch (fn) {
      case NEG -> -x;
      case ABS -> Math.abs(x);
      case SIGN -> Math.signum(x);
      case FLOOR -> Math.floor(x);
      case EXP -> Math.exp(x);
      case EXPM1 -> Math.expm1(x);
      case LOG -> Math.log(x);
      case LOG1P -> Math.log1p(x);
      case SQRT -> Math.sqrt(x);
      case RSQRT -> 1 / Math.sqrt(x);
      case RECIPROCAL -> 1 / x;
      case SIN -> Math.sin(x);
      case COS -> Math.cos(x);
      case TANH -> Math.tanh(x);
      case SIGMOID -> 1 / (1 + Math.exp(-x));
      case SOFTPLUS -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
      case ERF -> erf(x);
    };
  }

  private static double apply(BinaryFn fn, double x, double y) {
    return switch (fn) {
      case ADD -> x + y;
      case SUB -> x - y;
      case MUL -> x * y;
      case DIV -> x / y;
      case MAX -> Math.max(x, y);
      case MIN -> Math.min(x, y);
      case POW -> Math.pow(x, y);
      case LESS -> x < y ? 1 : 0;
      case LESS_EQUAL -> x <= y ? 1 : 0;
      case EQUAL -> x == y ? 1 : 0;
    };
  }

  /**
   * The error function, to about 10⁻¹⁵ of its value where x is a float, so that x² is exact. Below
   * 3 the series of positive terms, beyond 3 the continued fraction of erfc: Abramowitz and Stegun
   * 1964, 7.1.6 and 7.1.14.
   */
  static double erf(double x) {
    double a = Math.abs(x);
    double scale = Math.exp(-x * x) / Math.sqrt(Math.PI);
    if (a < 3) {
      double term = 2 * x;
      double sum = term;
      for (int n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
        term *= 2 * x * x / (2 * n + 1);
        sum += term;
      }
      return scale * sum;
    }
    double tail = a;
    for (int n = 60; n >= 1; n--) {
      tail = a + n / 2.0 / tail;
    }
    return Math.signum(x) * (1 - scale / tail);
  }
}
