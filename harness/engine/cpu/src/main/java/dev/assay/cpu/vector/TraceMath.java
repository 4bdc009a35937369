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
 * The functions of {@link VectorMath} as machine code. Results have the same bits: whatever rounds
 * is the same operation on the same numbers in the same order. Where processors have one exact
 * instruction for several of Java's, it is taken: to bound (which leaves NaN as it is), to give a
 * sign, to multiply by a power of two. Read side by side.
 */
public final class TraceMath {
  private static final Constant ZERO = number(VectorMath.ZERO);
  private static final Constant ONE = number(VectorMath.ONE);
  private static final Constant INFINITY = number(VectorMath.INFINITY);
  private static final Constant MINUS_INFINITY = number(VectorMath.MINUS_INFINITY);
  private static final Constant NAN = number(VectorMath.NAN);
  private static final Constant ROUND = number(VectorMath.ROUND);

  /** As {@link #ROUND}, but the integer's exponent bits stand in the low bits. */
  private static final Constant ROUND_BIASED = Constant.of(VectorMath.ROUND.lane(0) + 127);

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
    return expBelowHigh(t.minOrSecond(EXP_HIGH, x));
  }

  /** eˣ for x of at most {@code EXP_HIGH}; the limits themselves give infinity and 0. */
  private Source expBelowHigh(Source x) {
    Source bounded = t.maxOrSecond(EXP_LOW, x);
    Source n = t.sub(t.fma(bounded, LOG2_E, ROUND), ROUND);
    return t.scale(t.add(expm1Reduced(reduce(bounded, n)), ONE), n);
  }

  public Source expm1(Source x) {
    Source shifted = t.fma(x, LOG2_E, ROUND);
    Source p = expm1Reduced(reduce(x, t.sub(shifted, ROUND)));
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
    Source twice = t.minOrSecond(twenty, t.add(size, size));
    Source shifted = t.fma(twice, LOG2_E, ROUND_BIASED);
    Source power = t.shiftLeft(shifted, 23);
    Source p = expm1Reduced(reduce(twice, t.sub(shifted, ROUND_BIASED)));
    Source sum = t.fma(power, p, t.add(power, ONE));
    Source far = t.withSignOf(x, t.sub(ONE, t.div(number(VectorMath.TWO), sum)));
    Source square = t.mul(x, x);
    Source q =
        polynomial(
            square,
            VectorMath.TANH_4,
            VectorMath.TANH_3,
            VectorMath.TANH_2,
            VectorMath.TANH_1,
            VectorMath.TANH_0);
    Source near = t.withSignOf(x, t.fma(t.mul(q, square), size, size));
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
    return expBelowHigh(t.or(x, SIGN));
  }

  public Source erf(Source x) {
    Constant four = number(VectorMath.FOUR);
    Source size = t.minOrSecond(four, abs(x));
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
    Source shifted = t.fma(q, LOG2_E, ROUND_BIASED);
    Source power = t.shiftLeft(shifted, 23);
    Source r = reduce(q, t.sub(shifted, ROUND_BIASED));
    Source far = t.withSignOf(x, t.fma(power, expm1Reduced(r), t.sub(power, ONE)));
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
    Source y = t.withSignOf(x, t.sub(t.add(size, TWO_23), TWO_23));
    y = t.blend(y, t.sub(y, ONE), t.compare(y, GREATER, x));
    return t.blend(x, y, t.compare(size, LESS, TWO_23));
  }

  public Source sign(Source x) {
    return t.blend(x, t.withSignOf(x, ONE), t.compare(abs(x), GREATER, ZERO));
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

  private Source reduce(Source x, Source n) {
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
