package dev.assay.cpu.vector;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.assay.cpu.memory.Memory;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Elementary functions of each lane of a vector. Zeros, infinities, NaN, subnormal arguments and
 * subnormal results are as {@link Math} has them; a lane's result does not depend on its
 * neighbours.
 *
 * <p>The errors stated are the largest found over all exponents of both signs, in units of the last
 * place of the exact result. Polynomials are minimax fits whose coefficients were rounded to floats
 * one after another, the rest being fitted anew.
 *
 * <p>C2 inlines none but the Vector API's own methods once a compilation has grown to 18 000 nodes,
 * and then boxes vectors. An operation makes about 400 nodes and a broadcast 150: hence the vector
 * constants, and no call of a helper late in a long function.
 */
public final class VectorMath {
  static final int SIGN_BIT = 0x80000000;
  static final FloatVector ZERO = constant(0);
  static final FloatVector ONE = constant(1);
  static final FloatVector INFINITY = constant(Float.POSITIVE_INFINITY);
  static final FloatVector MINUS_INFINITY = constant(Float.NEGATIVE_INFINITY);
  static final FloatVector NAN = constant(Float.NaN);

  /** Added to a small number, rounds it to an integer that stands in the sum's low bits. */
  static final FloatVector ROUND = constant(0x1.8p23f);

  /** Each lane's number. */
  static final FloatVector LANE =
      (FloatVector)
          IntVector.zero(ONE.reinterpretAsInts().species())
              .addIndex(1)
              .convert(VectorOperators.I2F, 0);

  static final FloatVector LN2 = constant(0x1.62e43p-1f);
  static final FloatVector LN2_LOW = constant(-0x1.05c61p-29f);
  static final FloatVector LOG2_E = constant(0x1.715476p0f);
  static final FloatVector MINUS_LN2 = constant(-0x1.62e43p-1f);
  static final FloatVector MINUS_LN2_LOW = constant(0x1.05c61p-29f);
  static final FloatVector MINUS_ONE = constant(-1);
  static final FloatVector HALF = constant(0.5f);
  static final FloatVector MINUS_HALF = constant(-0.5f);
  static final FloatVector QUARTER = constant(0.25f);
  static final FloatVector TWO = constant(2);
  static final FloatVector FOUR = constant(4);
  static final FloatVector TWENTY = constant(20);
  static final FloatVector MINUS_TWENTY = constant(-20);
  static final FloatVector SQRT_TWO_MINUS_ONE = constant(0x1.a8279ap-2f);
  static final FloatVector TINY = constant(0x1p-26f);
  static final FloatVector EXP_LOW = constant(-104);
  static final FloatVector EXP_HIGH = constant(89);
  static final FloatVector MIN_NORMAL = constant(Float.MIN_NORMAL);
  static final FloatVector TWO_23 = constant(0x1p23f);
  static final FloatVector TWENTY_THREE = constant(23);

  static final FloatVector UNIFORM_STEP = constant(0x1p-23f);
  static final FloatVector HALF_UNIFORM_STEP = constant(0x1p-24f);

  static final IntVector ONE_BITS = ONE.reinterpretAsInts();
  static final IntVector FOUR_BITS = FOUR.reinterpretAsInts();
  static final IntVector ROUND_BITS = ROUND.reinterpretAsInts();
  static final IntVector SQRT_HALF_BITS = constant(0x1.6a09e6p-1f).reinterpretAsInts();
  static final IntVector MANTISSA = IntVector.broadcast(ONE_BITS.species(), 0x007fffff);
  static final IntVector SIGN = IntVector.broadcast(ONE_BITS.species(), SIGN_BIT);
  static final IntVector INT_ONE = IntVector.broadcast(ONE_BITS.species(), 1);

  // (eʳ − 1 − r) / r² on |r| ≤ ½ ln 2
  static final FloatVector EXP_0 = constant(0x1.fffffep-2f);
  static final FloatVector EXP_1 = constant(0x1.5554b2p-3f);
  static final FloatVector EXP_2 = constant(0x1.555702p-5f);
  static final FloatVector EXP_3 = constant(0x1.1226a6p-7f);
  static final FloatVector EXP_4 = constant(0x1.6b8caep-10f);

  // (ln(1 + f) − f + f²/2) / f³ on √½ ≤ 1 + f ≤ √2
  static final FloatVector LOG_0 = constant(0x1.555554p-2f);
  static final FloatVector LOG_1 = constant(-0x1.00022ap-2f);
  static final FloatVector LOG_2 = constant(0x1.99a028p-3f);
  static final FloatVector LOG_3 = constant(-0x1.547166p-3f);
  static final FloatVector LOG_4 = constant(0x1.22d71ap-3f);
  static final FloatVector LOG_5 = constant(-0x1.0d8becp-3f);
  static final FloatVector LOG_6 = constant(0x1.057334p-3f);
  static final FloatVector LOG_7 = constant(-0x1.38c8dp-4f);

  // (tanh x − x) / x³ in x², on |x| ≤ 0.625
  static final FloatVector TANH_0 = constant(-0x1.555532p-2f);
  static final FloatVector TANH_1 = constant(0x1.1106f6p-3f);
  static final FloatVector TANH_2 = constant(-0x1.b835a4p-5f);
  static final FloatVector TANH_3 = constant(0x1.51f8cep-6f);
  static final FloatVector TANH_4 = constant(-0x1.750ce2p-8f);
  static final FloatVector TANH_LIMIT = constant(0.625f);

  // (erf x − x) / x in x², on |x| ≤ 1
  static final FloatVector ERF_0 = constant(0x1.06eba8p-3f);
  static final FloatVector ERF_1 = constant(-0x1.81273ep-2f);
  static final FloatVector ERF_2 = constant(0x1.ce2ce6p-4f);
  static final FloatVector ERF_3 = constant(-0x1.b7f71ap-6f);
  static final FloatVector ERF_4 = constant(0x1.53f224p-8f);
  static final FloatVector ERF_5 = constant(-0x1.a3515ep-11f);
  static final FloatVector ERF_6 = constant(0x1.4771fcp-14f);

  // ln(1 − erf t) / t on 1 ≤ t ≤ 4
  static final FloatVector ERFC_0 = constant(-0x1.20f21cp0f);
  static final FloatVector ERFC_1 = constant(-0x1.451acp-1f);
  static final FloatVector ERFC_2 = constant(-0x1.b45966p-4f);
  static final FloatVector ERFC_3 = constant(0x1.89605p-6f);
  static final FloatVector ERFC_4 = constant(-0x1.ec7b3p-9f);
  static final FloatVector ERFC_5 = constant(0x1.6f9572p-12f);
  static final FloatVector ERFC_6 = constant(-0x1.d45f7p-17f);

  private VectorMath() {}

  static FloatVector constant(float value) {
    return FloatVector.broadcast(Memory.FLOATS, value);
  }

  /** eˣ, to 1.1 ulp. */
  public static FloatVector exp(FloatVector x) {
    FloatVector shifted = x.fma(LOG2_E, ROUND);
    FloatVector y = scale(expm1Reduced(reduce(x, shifted)).add(ONE), shifted);
    y = y.blend(ZERO, x.compare(LT, EXP_LOW));
    return y.blend(INFINITY, x.compare(GT, EXP_HIGH));
  }

  /** The same bits as {@link #exp} for x ≤ 0, in fewer operations. */
  private static FloatVector expOfNegative(FloatVector x) {
    FloatVector bounded = x.max(EXP_LOW);
    FloatVector shifted = bounded.fma(LOG2_E, ROUND);
    return scale(expm1Reduced(reduce(bounded, shifted)).add(ONE), shifted);
  }

  /** eˣ − 1, to 1.5 ulp. */
  public static FloatVector expm1(FloatVector x) {
    FloatVector shifted = x.fma(LOG2_E, ROUND);
    FloatVector p = expm1Reduced(reduce(x, shifted));
    // half of 2ⁿ, which is finite for every n that occurs
    FloatVector half = powerOfTwo(shifted.reinterpretAsInts().sub(INT_ONE));
    FloatVector y = half.fma(p, half.sub(HALF));
    y = y.add(y);
    y = y.blend(MINUS_ONE, x.compare(LT, MINUS_TWENTY));
    y = y.blend(INFINITY, x.compare(GT, EXP_HIGH));
    return y.blend(x, x.abs().compare(LT, TINY));
  }

  /** ln x, to 0.8 ulp. */
  public static FloatVector log(FloatVector x) {
    VectorMask<Float> subnormal = x.compare(LT, MIN_NORMAL);
    IntVector bits = x.blend(x.mul(TWO_23), subnormal).reinterpretAsInts().sub(SQRT_HALF_BITS);
    FloatVector exponent = toFloats(bits.lanewise(ASHR, 23));
    exponent = exponent.blend(exponent.sub(TWENTY_THREE), subnormal);
    FloatVector mantissa = bits.and(MANTISSA).add(SQRT_HALF_BITS).reinterpretAsFloats();
    FloatVector y = logReduced(mantissa.sub(ONE), exponent);
    y = x.blend(y, x.compare(LT, INFINITY));
    y = y.blend(NAN, x.compare(LT, ZERO));
    return y.blend(MINUS_INFINITY, x.compare(EQ, ZERO));
  }

  /** ln(1 + x), to 1.4 ulp. */
  public static FloatVector log1p(FloatVector x) {
    IntVector bits = x.add(ONE).reinterpretAsInts().sub(SQRT_HALF_BITS);
    IntVector exponent = bits.lanewise(ASHR, 23);
    // 4 · 2^−exponent is normal for every exponent, 2^−exponent is not
    FloatVector four = FOUR_BITS.sub(exponent.lanewise(LSHL, 23)).reinterpretAsFloats();
    FloatVector f = x.mul(QUARTER).fma(four, four.fma(QUARTER, MINUS_ONE));
    FloatVector y = logReduced(f, toFloats(exponent));
    y = x.blend(y, x.abs().compare(GE, TINY));
    y = x.blend(y, x.compare(LT, INFINITY));
    y = y.blend(NAN, x.compare(LT, MINUS_ONE));
    return y.blend(MINUS_INFINITY, x.compare(EQ, MINUS_ONE));
  }

  /** Hyperbolic tangent, to 1.2 ulp: x + x³ P(x²) or 1 − 2 / (e²ᵗ + 1), t = |x|. */
  public static FloatVector tanh(FloatVector x) {
    FloatVector size = x.abs();
    FloatVector twice = size.add(size);
    twice = twice.blend(TWENTY, twice.compare(GT, TWENTY));
    FloatVector shifted = twice.fma(LOG2_E, ROUND);
    FloatVector power = powerOfTwo(shifted.reinterpretAsInts());
    FloatVector sum = power.fma(expm1Reduced(reduce(twice, shifted)), power.add(ONE));
    FloatVector far = withSignOf(x, ONE.sub(TWO.div(sum)));
    FloatVector square = x.mul(x);
    FloatVector p = TANH_4.fma(square, TANH_3).fma(square, TANH_2).fma(square, TANH_1);
    p = p.fma(square, TANH_0).mul(square);
    // p · |x| is negative and x is added last, so that −0 stays −0
    FloatVector near = withSignOf(x, p.fma(size, size));
    return far.blend(near, size.compare(LT, TANH_LIMIT));
  }

  /** 1 / (1 + e⁻ˣ), to 2.2 ulp. */
  public static FloatVector sigmoid(FloatVector x) {
    FloatVector z = expOfNegative(x.abs().neg());
    return z.blend(ONE, x.compare(GT, ZERO)).div(z.add(ONE));
  }

  /** ln(1 + eˣ), to 1.7 ulp. */
  public static FloatVector softplus(FloatVector x) {
    return softplus(x, decay(x));
  }

  /** exp(−|x|). */
  static FloatVector decay(FloatVector x) {
    return expOfNegative(x.abs().neg());
  }

  /** {@link #softplus(FloatVector)}, given z = exp(−|x|). */
  static FloatVector softplus(FloatVector x, FloatVector z) {
    // 1 + z = (1 + f) · 2^exponent
    VectorMask<Float> large = z.compare(GT, SQRT_TWO_MINUS_ONE);
    FloatVector f = z.blend(z.fma(HALF, MINUS_HALF), large);
    FloatVector y = logReduced(f, ZERO.blend(ONE, large));
    return y.add(x.max(ZERO));
  }

  /** The error function, to 1 ulp: x + x P(x²) below 1, 1 − exp(t Q(t)) beyond, t = |x|. */
  public static FloatVector erf(FloatVector x) {
    FloatVector t = x.abs();
    t = t.blend(FOUR, t.compare(GT, FOUR));
    FloatVector q = ERFC_6.fma(t, ERFC_5).fma(t, ERFC_4).fma(t, ERFC_3).fma(t, ERFC_2);
    q = q.fma(t, ERFC_1).fma(t, ERFC_0).mul(t);
    FloatVector shifted = q.fma(LOG2_E, ROUND);
    FloatVector power = powerOfTwo(shifted.reinterpretAsInts());
    FloatVector far = power.fma(expm1Reduced(reduce(q, shifted)), power.sub(ONE));
    far = withSignOf(x, far.abs());
    FloatVector square = x.mul(x);
    FloatVector p = ERF_6.fma(square, ERF_5).fma(square, ERF_4).fma(square, ERF_3);
    p = p.fma(square, ERF_2).fma(square, ERF_1).fma(square, ERF_0);
    return far.blend(p.fma(x, x), t.compare(LT, ONE));
  }

  /** 1 / √x, to 1.5 ulp: a root and a quotient, each correctly rounded. */
  public static FloatVector rsqrt(FloatVector x) {
    return ONE.div(x.sqrt());
  }

  /** The largest integer that is not above x. */
  public static FloatVector floor(FloatVector x) {
    FloatVector size = x.abs();
    FloatVector y = withSignOf(x, size.add(TWO_23).sub(TWO_23));
    y = y.blend(y.sub(ONE), y.compare(GT, x));
    return x.blend(y, size.compare(LT, TWO_23));
  }

  /** −1, 0 or 1, as {@link Math#signum(float)}. */
  public static FloatVector sign(FloatVector x) {
    return x.blend(withSignOf(x, ONE), x.abs().compare(GT, ZERO));
  }

  /** 1 where the mask is set, else 0. */
  static FloatVector one(VectorMask<Float> mask) {
    return ZERO.blend(ONE, mask);
  }

  /** The first {@code n} lanes, then −∞. */
  static FloatVector first(FloatVector x, int n) {
    return MINUS_INFINITY.blend(x, LANE.compare(LT, n));
  }

  /** The uniform of each random word, as {@link dev.assay.tensor.RandomStream#uniform} has it. */
  static FloatVector uniform(IntVector words) {
    return toFloats(words.lanewise(LSHR, 9)).fma(UNIFORM_STEP, HALF_UNIFORM_STEP);
  }

  static FloatVector toFloats(IntVector x) {
    return (FloatVector) x.convert(VectorOperators.I2F, 0);
  }

  /** y ≥ 0 with the sign of x. */
  static FloatVector withSignOf(FloatVector x, FloatVector y) {
    return x.reinterpretAsInts().and(SIGN).or(y.reinterpretAsInts()).reinterpretAsFloats();
  }

  /** x − n ln 2 for the integer n = shifted − ROUND. */
  static FloatVector reduce(FloatVector x, FloatVector shifted) {
    FloatVector n = shifted.sub(ROUND);
    return n.fma(MINUS_LN2_LOW, n.fma(MINUS_LN2, x));
  }

  /** eʳ − 1 for |r| ≤ ½ ln 2. */
  static FloatVector expm1Reduced(FloatVector r) {
    FloatVector q = EXP_4.fma(r, EXP_3).fma(r, EXP_2).fma(r, EXP_1).fma(r, EXP_0);
    return q.fma(r.mul(r), r);
  }

  /** 2ⁿ for the integer n in the low bits, −126 ≤ n ≤ 127. */
  static FloatVector powerOfTwo(IntVector n) {
    return n.lanewise(LSHL, 23).add(ONE_BITS).reinterpretAsFloats();
  }

  /**
   * y · 2ⁿ for the integer n = shifted − ROUND, −252 ≤ n ≤ 254: in two steps, so that only the last
   * one rounds.
   */
  static FloatVector scale(FloatVector y, FloatVector shifted) {
    IntVector n = shifted.reinterpretAsInts().sub(ROUND_BITS);
    IntVector half = n.lanewise(ASHR, 1);
    return y.mul(powerOfTwo(half)).mul(powerOfTwo(n.sub(half)));
  }

  /** ln(1 + f) + exponent · ln 2 for √½ ≤ 1 + f ≤ √2. */
  static FloatVector logReduced(FloatVector f, FloatVector exponent) {
    FloatVector p = LOG_7.fma(f, LOG_6).fma(f, LOG_5).fma(f, LOG_4).fma(f, LOG_3);
    p = p.fma(f, LOG_2).fma(f, LOG_1).fma(f, LOG_0);
    FloatVector square = f.mul(f);
    FloatVector y = p.mul(f).fma(square, exponent.mul(LN2_LOW));
    return exponent.fma(LN2, square.fma(MINUS_HALF, y).add(f));
  }
}
