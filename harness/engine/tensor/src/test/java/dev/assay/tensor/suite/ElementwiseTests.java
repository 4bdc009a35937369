package dev.assay.tensor.suite;

import dev.assay.tensor.DType;
import dev.assay.tensor.Op.BinaryFn;
import dev.assay.tensor.Op.UnaryFn;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Functions of one, two and three elements. */
interface ElementwiseTests extends BackendTests {
  @ParameterizedTest
  @EnumSource
  default void everyUnaryFunctionMatchesAtAwkwardSizes(UnaryFn fn) {
    for (int n : AWKWARD) {
      check(fn + " of " + n, unaryTolerance(fn), made -> made.out(argument(made, fn, n).unary(fn)));
    }
  }

  @ParameterizedTest
  @EnumSource
  default void everyUnaryFunctionMatchesAtSpecialValues(UnaryFn fn) {
    double[] special = {
      0,
      -0.0,
      1,
      -1,
      0.5,
      -0.5,
      1e-20,
      -1e-20,
      1e-7,
      -1e-7,
      3e38,
      -3e38,
      1e20,
      -1e20,
      90,
      -90,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      Double.NaN,
      Float.MIN_NORMAL,
      16777216
    };
    // The argument reduction of large angles is not asked of a backend.
    boolean angle = fn == UnaryFn.SIN || fn == UnaryFn.COS;
    double[] values =
        java.util.Arrays.stream(special)
            .filter(x -> !angle || Double.isInfinite(x) || !(Math.abs(x) > 1e3))
            .toArray();
    check(
        fn.toString(),
        unaryTolerance(fn),
        made -> made.out(made.values(DType.F32, values, values.length).unary(fn)));
  }

  @ParameterizedTest
  @EnumSource
  default void everyBinaryFunctionMatchesAtAwkwardSizes(BinaryFn fn) {
    for (int n : AWKWARD) {
      check(
          fn + " of " + n,
          binaryTolerance(fn),
          made -> {
            Tensor x = fn == BinaryFn.POW ? made.uniform(0.01, 50, n) : made.integers(-3, 3, n);
            Tensor y = fn == BinaryFn.POW ? made.uniform(-4, 4, n) : made.integers(-3, 3, n);
            Tensor z = made.normal(n);
            made.out(x.binary(fn, y), x.binary(fn, z), x.binary(fn, x));
          });
    }
  }

  @ParameterizedTest
  @EnumSource
  default void everyBinaryFunctionMatchesAtSpecialValues(BinaryFn fn) {
    double[] special = {
      0, -0.0, 1, -1, 2.5, 3e38, -3e38, 1e-30, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
    };
    int n = special.length;
    check(
        fn.toString(),
        binaryTolerance(fn),
        made -> {
          Tensor x = made.values(DType.F32, special, n, 1);
          Tensor y = made.values(DType.F32, special, n);
          Tensor nan = made.values(DType.F32, new double[] {Double.NaN, 1}, 2, 1);
          made.out(x.binary(fn, y));
          if (fn != BinaryFn.POW) {
            made.out(nan.binary(fn, y), y.binary(fn, nan));
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  default void binaryFunctionsBroadcastEitherOperandAlongAnyAxes(BinaryFn fn) {
    int[][][] pairs = {
      {{7, 13}, {13}},
      {{7, 13}, {7, 1}},
      {{7, 1}, {1, 13}},
      {{}, {65}},
      {{3, 5, 7}, {3, 1, 7}},
      {{3, 1, 7}, {5, 1}},
      {{1, 1, 1}, {2, 3, 4}},
      {{2, 1, 3, 1}, {1, 5, 1, 9}},
      {{207, 1}, {65}},
      {{1, 65}, {33, 65}},
      {{2, 3, 1}, {2, 3, 65}},
      {{0, 3}, {3}},
      {{4, 1}, {4, 0}}
    };
    for (int[][] pair : pairs) {
      check(
          fn + " of " + Shape.of(pair[0]) + " and " + Shape.of(pair[1]),
          binaryTolerance(fn),
          made -> {
            Tensor x = made.uniform(0.1, 3, pair[0]);
            Tensor y = made.uniform(-3, 3, pair[1]);
            made.out(x.binary(fn, y));
            if (fn != BinaryFn.POW) {
              made.out(y.binary(fn, x));
            }
          });
    }
  }

  @Test
  default void whereTakesOneSideAndNothingOfTheOther() {
    for (int n : AWKWARD) {
      check(
          "where of " + n,
          Tolerance.EXACT,
          made -> {
            Tensor mask = made.integers(-1, 1, n);
            Tensor x = made.normal(n);
            // Logarithms of negative numbers: NaN where not taken.
            made.out(
                mask.where(x, made.normal(n)),
                Tensor.fill(0, x.shape()).less(x).where(x.log().mul(0).add(2), x),
                mask.where(Tensor.scalar(Float.NaN), x),
                mask.where(x, Tensor.scalar(Float.POSITIVE_INFINITY)));
          });
    }
    check(
        "where over broadcast operands",
        Tolerance.EXACT,
        made -> made.out(made.integers(0, 1, 7, 1).where(made.normal(13), made.normal(3, 1, 1))));
  }

  @Test
  default void castsTruncateTowardZeroAndBack() {
    double[] values = {-2.9, -2, -0.5, -0.0, 0, 0.5, 0.99, 1, 2.5, 1e6 + 0.5, -16777216};
    check(
        "cast",
        Tolerance.EXACT,
        made -> {
          Tensor x = made.values(DType.F32, values, values.length);
          Tensor i = made.indices(-100000, 100000, 65);
          made.out(x.toInt(), x.toInt().toFloat(), i.toFloat(), i.toFloat().mul(0.25f).toInt());
        });
  }

  @Test
  default void leavesThatAreConstantGiveTheirElements() {
    check(
        "leaves",
        Tolerance.EXACT,
        made -> {
          made.out(Tensor.fill(2.5f, Shape.of(7, 3)), Tensor.scalar(-1), made.constant(65));
          made.out(Tensor.constant(new int[] {3, -4, 5}, Shape.of(3)));
          for (int axis = 0; axis < 3; axis++) {
            made.out(Tensor.iota(Shape.of(3, 5, 7), axis));
          }
          made.out(Tensor.iota(Shape.of(1025), 0).mul(made.normal(1025)));
          made.out(Tensor.fill(0, Shape.of(0)), Tensor.iota(Shape.of(3, 0), 1));
        });
  }

  @Test
  default void longChainsThatShareTheirParts() {
    for (int n : new int[] {1, 65, 1025}) {
      check(
          "chain of " + n,
          made -> {
            Tensor x = made.normal(n);
            Tensor y = made.normal(n);
            Tensor first = x;
            for (int i = 0; i < 12; i++) {
              Tensor next = x.mul(y).tanh().add(y.sigmoid().mul(0.5f)).sub(i * 0.1f);
              y = x;
              x = next;
            }
            made.out(x, y, x.mul(first), first);
          });
    }
  }

  /** Arguments over the whole useful range of a function. */
  private static Tensor argument(Case made, UnaryFn fn, int n) {
    Tensor magnitude = made.uniform(-12, 12, n);
    return switch (fn) {
      case LOG, SQRT, RSQRT -> positive(made, n);
      case LOG1P -> made.uniform(-0.999, 50, n);
      case EXP, EXPM1, SOFTPLUS, SIGMOID -> made.uniform(-86, 86, n);
      case SIN, COS -> made.uniform(-100, 100, n);
      case TANH, ERF -> made.uniform(-5, 5, n);
      case FLOOR, NEG, ABS, SIGN, RECIPROCAL -> magnitude;
    };
  }

  /** From 10⁻⁶ to 10⁶, evenly in the logarithm. */
  private static Tensor positive(Case made, int n) {
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) Math.pow(10, 12 * (i + 0.5) / n - 6);
    }
    return made.values(DType.F32, values, n);
  }

  private static Tolerance unaryTolerance(UnaryFn fn) {
    return switch (fn) {
      case NEG, ABS, SIGN, FLOOR, SQRT -> Tolerance.EXACT;
      case RECIPROCAL, RSQRT -> Tolerance.ulps(2);
      case EXP, EXPM1, LOG, LOG1P, TANH, SIGMOID, SOFTPLUS, ERF -> Tolerance.ulps(4);
      // Near a zero of the function the reduced angle has few bits left.
      case SIN, COS -> Tolerance.ulps(4).orAbsolute(0x1p-22);
    };
  }

  private static Tolerance binaryTolerance(BinaryFn fn) {
    return switch (fn) {
      case ADD, SUB, MUL, MAX, MIN, LESS, LESS_EQUAL, EQUAL -> Tolerance.EXACT;
      case DIV -> Tolerance.ulps(1);
      case POW -> Tolerance.ulps(16);
    };
  }
}
