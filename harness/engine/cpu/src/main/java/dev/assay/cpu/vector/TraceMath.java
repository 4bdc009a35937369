package dev.assay.cpu.vector;

import static dev.assay.cpu.x86.Trace.Predicate.EQUAL;
import static dev.assay.cpu.x86.Trace.Predicate.GREATER;
import static dev.assay.cpu.x86.Trace.Predicate.GREATER_EQUAL;
import static dev.assay.cpu.x86.Trace.Predicate.LESS;

import dev.assay.cpu.x86.Trace;
import dev.assay.cpu.x86.Trace.Constant;
import dev.assay.cpu.x86.Trace.Mask;
import dev.assay.cpu.x86.Trace.Source;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * The functions of {@link VectorMath} as machine code: the same operations on the same numbers in
 * the same order, so that results have the same bits. Read side by side.
 */
public final class TraceMath {
  private static final Constant ZERO = number(VectorMath.ZERO);
  private static final Constant ONE = number(VectorMath.ONE);
  private static final Constant INFINITY = number(VectorMath.INFINITY);
  private static final Constant MINUS_INFINITY = number(VectorMath.MINUS_INFINITY);
  private static final Constant NAN = number(VectorMath.NAN);
  private static final Constant ROUND = number(VectorMath.ROUND);
  private static final Constant LOG2_E = number(VectorMath.LOG2_E);
  private static final Constant EXP_LOW = number(VectorMath.EXP_LOW);
  private static final Constant EXP_HIGH = number(VectorMath.EXP_HIGH);
  private static final Constant TINY = number(VectorMath.TINY);
  private static final Constant MINUS_ONE = number(VectorMath.MINUS_ONE);
  private static final Constant HALF = number(VectorMath.HALF);
  private static final Constant MINUS_HALF = number(VectorMath.MINUS_HALF);
  private static final Constant TWO_23 = number(VectorMath.TWO_23);
  private static final Constant SQRT_HALF_BITS = bits(VectorMath.SQRT_HALF_BITS);
  private static final Constant ONE_BITS = bits(VectorMath.ONE_BITS);
  private static final Constant SIGN = bits(VectorMath.SIGN);
  private static final Constant SIZE = new Constant(~VectorMath.SIGN_BIT);

  private final Trace t;

  public TraceMath(Trace trace) {
    t = trace;
  }

  private static Constant number(FloatVector constant) {
    return Constant.of(constant.lane(0));
  }

  private static Constant bits(IntVector constant) {
    return new Constant(constant.lane(0));
  }

  public Source exp(Source x) {
    Source shifted = t.fma(x, LOG2_E, ROUND);
    Source y = scale(t.add(expm1Reduced(reduce(x, shifted)), ONE), shifted);
    y = t.blend(y, ZERO, t.compare(x, LESS, EXP_LOW));
    return t.blend(y, INFINITY, t.compare(x, GREATER, EXP_HIGH));
  }

  private Source expOfNegative(Source x) {
    Source bounded = max(x, EXP_LOW);
    Source shifted = t.fma(bounded, LOG2_E, ROUND);
    return scale(t.add(expm1Reduced(reduce(bounded, shifted)), ONE), shifted);
  }

  public Source expm1(Source x) {
    Source shifted = t.fma(x, LOG2_E, ROUND);
    Source p = expm1Reduced(reduce(x, shifted));
    Source half = powerOfTwo(t.intSub(shifted, bits(VectorMath.INT_ONE)));
    Source y = t.fma(half, p, t.sub(half, HALF));
    y = t.add(y, y);
    y = t.blend(y, MINUS_ONE, t.compare(x, LESS, number(VectorMath.MINUS_TWENTY)));
    y = t.blend(y, INFINITY, t.compare(x, GREATER, EXP_HIGH));
    return t.blend(y, x, t.compare(abs(x), LESS, TINY));
  }

  public Source log(Source x) {
    Mask subnormal = t.compare(x, LESS, number(VectorMath.MIN_NORMAL));
    Source normal = t.blend(x, t.mul(x, TWO_23), subnormal);
    Source bits = t.intSub(normal, SQRT_HALF_BITS);
    Source exponent = t.toFloats(t.shiftRight(bits, 23));
    Source lower = t.sub(exponent, number(VectorMath.TWENTY_THREE));
    exponent = t.blend(exponent, lower, subnormal);
    Source mantissa = t.intAdd(t.and(bits, bits(VectorMath.MANTISSA)), SQRT_HALF_BITS);
    Source y = logReduced(t.sub(mantissa, ONE), exponent);
    y = t.blend(x, y, t.compare(x, LESS, INFINITY));
    y = t.blend(y, NAN, t.compare(x, LESS, ZERO));
    return t.blend(y, MINUS_INFINITY, t.compare(x, EQUAL, ZERO));
  }

  public Source log1p(Source x) {
    Source bits = t.intSub(t.add(x, ONE), SQRT_HALF_BITS);
    Source exponent = t.shiftRight(bits, 23);
    Source four = t.intSub(bits(VectorMath.FOUR_BITS), t.shiftLeft(exponent, 23));
    Constant quarter = number(VectorMath.QUARTER);
    Source f = t.fma(t.mul(x, quarter), four, t.fma(four, quarter, MINUS_ONE));
    Source y = logReduced(f, t.toFloats(exponent));
    y = t.blend(x, y, t.compare(abs(x), GREATER_EQUAL, TINY));
    y = t.blend(x, y, t.compare(x, LESS, INFINITY));
    y = t.blend(y, NAN, t.compare(x, LESS, MINUS_ONE));
    return t.blend(y, MINUS_INFINITY, t.compare(x, EQUAL, MINUS_ONE));
  }

  public Source tanh(Source x) {
    Constant twenty = number(VectorMath.TWENTY);
    Source size = abs(x);
    Source twice = t.add(size, size);
    twice = t.blend(twice, twenty, t.compare(twice, GREATER, twenty));
    Source shifted = t.fma(twice, LOG2_E, ROUND);
    Source power = powerOfTwo(shifted);
    Source sum = t.fma(power, expm1Reduced(reduce(twice, shifted)), t.add(power, ONE));
    Source far = withSignOf(x, t.sub(ONE, t.div(number(VectorMath.TWO), sum)));
    Source square = t.mul(x, x);
    Source p =
        polynomial(
            square,
            VectorMath.TANH_4,
            VectorMath.TANH_3,
            VectorMath.TANH_2,
            VectorMath.TANH_1,
            VectorMath.TANH_0);
    p = t.mul(p, square);
    Source near = withSignOf(x, t.fma(p, size, size));
    return t.blend(far, near, t.compare(size, LESS, number(VectorMath.TANH_LIMIT)));
  }

  public Source sigmoid(Source x) {
    Source z = decay(x);
    return t.div(t.blend(z, ONE, t.compare(x, GREATER, ZERO)), t.add(z, ONE));
  }

  public Source softplus(Source x) {
    Source z = decay(x);
    Mask large = t.compare(z, GREATER, number(VectorMath.SQRT_TWO_MINUS_ONE));
    Source f = t.blend(z, t.fma(z, HALF, MINUS_HALF), large);
    Source y = logReduced(f, t.blend(ZERO, ONE, large));
    return t.add(y, max(x, ZERO));
  }

  private Source decay(Source x) {
    return expOfNegative(neg(abs(x)));
  }

  public Source erf(Source x) {
    Constant four = number(VectorMath.FOUR);
    Source size = abs(x);
    size = t.blend(size, four, t.compare(size, GREATER, four));
    Source q =
        polynomial(
            size,
            VectorMath.ERFC_6,
            VectorMath.ERFC_5,
            VectorMath.ERFC_4,
            VectorMath.ERFC_3,
            VectorMath.ERFC_2,
            VectorMath.ERFC_1,
            VectorMath.ERFC_0);
    q = t.mul(q, size);
    Source shifted = t.fma(q, LOG2_E, ROUND);
    Source power = powerOfTwo(shifted);
    Source far = t.fma(power, expm1Reduced(reduce(q, shifted)), t.sub(power, ONE));
    far = withSignOf(x, abs(far));
    Source square = t.mul(x, x);
    Source p =
        polynomial(
            square,
            VectorMath.ERF_6,
            VectorMath.ERF_5,
            VectorMath.ERF_4,
            VectorMath.ERF_3,
            VectorMath.ERF_2,
            VectorMath.ERF_1,
            VectorMath.ERF_0);
    return t.blend(far, t.fma(p, x, x), t.compare(size, LESS, ONE));
  }

  public Source rsqrt(Source x) {
    return t.div(ONE, t.sqrt(x));
  }

  public Source reciprocal(Source x) {
    return t.div(ONE, x);
  }

  public Source floor(Source x) {
    Source size = abs(x);
    Source y = withSignOf(x, t.sub(t.add(size, TWO_23), TWO_23));
    y = t.blend(y, t.sub(y, ONE), t.compare(y, GREATER, x));
    return t.blend(x, y, t.compare(size, LESS, TWO_23));
  }

  public Source sign(Source x) {
    return t.blend(x, withSignOf(x, ONE), t.compare(abs(x), GREATER, ZERO));
  }

  public Source neg(Source x) {
    return t.xor(x, SIGN);
  }

  public Source abs(Source x) {
    return t.and(x, SIZE);
  }

  private Source max(Source a, Source b) {
    return TraceChoices.max(t, a, b);
  }

  private Source withSignOf(Source x, Source y) {
    return t.or(t.and(x, SIGN), y);
  }

  private Source reduce(Source x, Source shifted) {
    Source n = t.sub(shifted, ROUND);
    return t.fma(n, number(VectorMath.MINUS_LN2_LOW), t.fma(n, number(VectorMath.MINUS_LN2), x));
  }

  private Source expm1Reduced(Source r) {
    Source q =
        polynomial(
            r,
            VectorMath.EXP_4,
            VectorMath.EXP_3,
            VectorMath.EXP_2,
            VectorMath.EXP_1,
            VectorMath.EXP_0);
    return t.fma(q, t.mul(r, r), r);
  }

  private Source powerOfTwo(Source n) {
    return t.intAdd(t.shiftLeft(n, 23), ONE_BITS);
  }

  private Source scale(Source y, Source shifted) {
    Source n = t.intSub(shifted, bits(VectorMath.ROUND_BITS));
    Source half = t.shiftRight(n, 1);
    return t.mul(t.mul(y, powerOfTwo(half)), powerOfTwo(t.intSub(n, half)));
  }

  private Source logReduced(Source f, Source exponent) {
    Source p =
        polynomial(
            f,
            VectorMath.LOG_7,
            VectorMath.LOG_6,
            VectorMath.LOG_5,
            VectorMath.LOG_4,
            VectorMath.LOG_3,
            VectorMath.LOG_2,
            VectorMath.LOG_1,
            VectorMath.LOG_0);
    Source square = t.mul(f, f);
    Source y = t.fma(t.mul(p, f), square, t.mul(exponent, number(VectorMath.LN2_LOW)));
    Source sum = t.add(t.fma(square, MINUS_HALF, y), f);
    return t.fma(exponent, number(VectorMath.LN2), sum);
  }

  /** By Horner's rule; the coefficient of the highest power comes first. */
  private Source polynomial(Source x, FloatVector highest, FloatVector... others) {
    Source p = number(highest);
    for (FloatVector coefficient : others) {
      p = t.fma(p, x, number(coefficient));
    }
    return p;
  }
}
