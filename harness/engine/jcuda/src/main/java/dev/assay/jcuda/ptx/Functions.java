package dev.assay.jcuda.ptx;

import static dev.assay.jcuda.ptx.Assembly.literal;

import dev.assay.tensor.Op.BinaryFn;
import dev.assay.tensor.Op.ReduceFn;
import dev.assay.tensor.Op.UnaryFn;

/**
 * Elementary functions of a register, of correctly rounded operations alone, so that a kernel gives
 * the same bits on every device. Zeros, infinities, NaN and subnormal numbers are as {@link Math}
 * has them. Polynomials and their errors are those of the cpu backend.
 */
final class Functions {
  private static final float ROUND = 0x1.8p23f;
  private static final String SIGN = "0x80000000";
  private static final String ONE_BITS = "0x3F800000";
  private static final String SQRT_HALF_BITS = "0x3F3504F3";
  private static final float LOG2_E = 0x1.715476p0f;
  private static final float LN2 = 0x1.62e43p-1f;
  private static final float LN2_LOW = -0x1.05c61p-29f;
  private static final float TINY = 0x1p-26f;

  /** (eʳ − 1 − r) / r² on |r| ≤ ½ ln 2, the highest power first. */
  private static final float[] EXP = {
    0x1.6b8caep-10f, 0x1.1226a6p-7f, 0x1.555702p-5f, 0x1.5554b2p-3f, 0x1.fffffep-2f
  };

  /** (ln(1 + f) − f + f²/2) / f³ on √½ ≤ 1 + f ≤ √2. */
  private static final float[] LOG = {
    -0x1.38c8dp-4f,
    0x1.057334p-3f,
    -0x1.0d8becp-3f,
    0x1.22d71ap-3f,
    -0x1.547166p-3f,
    0x1.99a028p-3f,
    -0x1.00022ap-2f,
    0x1.555554p-2f
  };

  /** (tanh x − x) / x³ in x², on |x| ≤ 0.625. */
  private static final float[] TANH = {
    -0x1.750ce2p-8f, 0x1.51f8cep-6f, -0x1.b835a4p-5f, 0x1.1106f6p-3f, -0x1.555532p-2f
  };

  /** (erf x − x) / x in x², on |x| ≤ 1. */
  private static final float[] ERF = {
    0x1.4771fcp-14f,
    -0x1.a3515ep-11f,
    0x1.53f224p-8f,
    -0x1.b7f71ap-6f,
    0x1.ce2ce6p-4f,
    -0x1.81273ep-2f,
    0x1.06eba8p-3f
  };

  /** ln(1 − erf t) / t on 1 ≤ t ≤ 4. */
  private static final float[] ERFC = {
    -0x1.d45f7p-17f,
    0x1.6f9572p-12f,
    -0x1.ec7b3p-9f,
    0x1.89605p-6f,
    -0x1.b45966p-4f,
    -0x1.451acp-1f,
    -0x1.20f21cp0f
  };

  /** (sin r − r) / r³ in r², on |r| ≤ π/4. */
  private static final float[] SIN = {-0x1.9951eap-13f, 0x1.110774p-7f, -0x1.555546p-3f};

  /** (cos r − 1) / r² in r², on |r| ≤ π/4. */
  private static final float[] COS = {0x1.99e80cp-16f, -0x1.6c0c28p-10f, 0x1.55554ap-5f, -0.5f};

  private final Assembly out;

  Functions(Assembly out) {
    this.out = out;
  }

  String unary(UnaryFn fn, String x) {
    return switch (fn) {
      case NEG -> out.f32("neg.f32", x);
      case ABS -> abs(x);
      case SIGN -> select(greater(abs(x), 0), withSignOf(x, number(1)), x);
      case FLOOR -> out.f32("cvt.rmi.f32.f32", x);
      case EXP -> exp(x);
      case EXPM1 -> expm1(x);
      case LOG -> log(x);
      case LOG1P -> log1p(x);
      case SQRT -> sqrt(x);
      case RSQRT -> out.f32("rcp.rn.f32", sqrt(x));
      case RECIPROCAL -> out.f32("rcp.rn.f32", x);
      case SIN -> sin(x);
      case COS -> cos(x);
      case TANH -> tanh(x);
      case SIGMOID -> sigmoid(x);
      case SOFTPLUS -> softplus(x);
      case ERF -> erf(x);
    };
  }

  String binary(BinaryFn fn, String x, String y) {
    return switch (fn) {
      case ADD -> add(x, y);
      case SUB -> sub(x, y);
      case MUL -> mul(x, y);
      case DIV -> div(x, y);
      case MAX -> orNan("max.f32", x, y);
      case MIN -> orNan("min.f32", x, y);
      case POW -> new Powers(out).pow(x, y);
      case LESS -> one(out.predicate("setp.lt.f32", x, y));
      case LESS_EQUAL -> one(out.predicate("setp.le.f32", x, y));
      case EQUAL -> one(out.predicate("setp.eq.f32", x, y));
    };
  }

  String reduce(ReduceFn fn, String x, String y) {
    return fn == ReduceFn.SUM ? add(x, y) : orNan("max.f32", x, y);
  }

  /** What a reduction of nothing gives. */
  static String identity(ReduceFn fn) {
    return literal(fn == ReduceFn.SUM ? 0 : Float.NEGATIVE_INFINITY);
  }

  /** x where mask is not 0, else y. */
  String where(String mask, String x, String y) {
    return select(out.predicate("setp.neu.f32", mask, literal(0f)), x, y);
  }

  String fma(String x, String y, String z) {
    return out.f32("fma.rn.f32", x, y, z);
  }

  String select(String predicate, String x, String y) {
    return out.f32("selp.f32", x, y, predicate);
  }

  String number(float value) {
    return out.f32("mov.f32", literal(value));
  }

  /** The larger or smaller, or NaN if either is. */
  private String orNan(String op, String x, String y) {
    String y0 = out.f32(op, x, y);
    return select(out.predicate("setp.nan.f32", x, y), literal(Float.NaN), y0);
  }

  private String one(String predicate) {
    return select(predicate, literal(1f), literal(0f));
  }

  private String add(String x, String y) {
    return out.f32("add.rn.f32", x, y);
  }

  private String sub(String x, String y) {
    return out.f32("sub.rn.f32", x, y);
  }

  private String mul(String x, String y) {
    return out.f32("mul.rn.f32", x, y);
  }

  private String div(String x, String y) {
    return out.f32("div.rn.f32", x, y);
  }

  private String sqrt(String x) {
    return out.f32("sqrt.rn.f32", x);
  }

  private String abs(String x) {
    return out.f32("abs.f32", x);
  }

  private String less(String x, float y) {
    return out.predicate("setp.lt.f32", x, literal(y));
  }

  private String greater(String x, float y) {
    return out.predicate("setp.gt.f32", x, literal(y));
  }

  private String bits(String x) {
    return out.s32("mov.b32", x);
  }

  private String ofBits(String x) {
    return out.f32("mov.b32", x);
  }

  /** y ≥ 0 with the sign of x. */
  private String withSignOf(String x, String y) {
    return ofBits(out.s32("or.b32", out.s32("and.b32", bits(x), SIGN), bits(y)));
  }

  private String polynomial(float[] coefficients, String x) {
    String y = number(coefficients[0]);
    for (int i = 1; i < coefficients.length; i++) {
      y = fma(y, x, literal(coefficients[i]));
    }
    return y;
  }

  /** x log₂ e, rounded to an integer that stands in the low bits. */
  private String shifted(String x) {
    return fma(x, literal(LOG2_E), literal(ROUND));
  }

  /** eʳ − 1 for r = x − n ln 2 and the integer n = shifted − ROUND. */
  private String expm1Reduced(String x, String shifted) {
    String n = sub(shifted, literal(ROUND));
    String r = fma(n, literal(-LN2_LOW), fma(n, literal(-LN2), x));
    return fma(polynomial(EXP, r), mul(r, r), r);
  }

  /** 2ⁿ for the integer n in the low bits, −126 ≤ n ≤ 127. */
  private String powerOfTwo(String n) {
    return ofBits(out.s32("add.s32", out.s32("shl.b32", n, "23"), ONE_BITS));
  }

  /** y · 2ⁿ for the integer n = shifted − ROUND: in two steps, so that only the last one rounds. */
  private String scale(String y, String shifted) {
    int round = Float.floatToRawIntBits(ROUND);
    String n = out.s32("sub.s32", bits(shifted), String.valueOf(round));
    String half = out.s32("shr.s32", n, "1");
    return mul(mul(y, powerOfTwo(half)), powerOfTwo(out.s32("sub.s32", n, half)));
  }

  private String exp(String x) {
    String shifted = shifted(x);
    String y = scale(add(expm1Reduced(x, shifted), literal(1f)), shifted);
    y = select(less(x, -104), literal(0f), y);
    return select(greater(x, 89), literal(Float.POSITIVE_INFINITY), y);
  }

  private String expm1(String x) {
    String shifted = shifted(x);
    String p = expm1Reduced(x, shifted);
    String half = powerOfTwo(out.s32("sub.s32", bits(shifted), "1"));
    String y = fma(half, p, sub(half, literal(0.5f)));
    y = add(y, y);
    y = select(less(x, -20), literal(-1f), y);
    y = select(greater(x, 89), literal(Float.POSITIVE_INFINITY), y);
    return select(less(abs(x), TINY), x, y);
  }

  private String log(String x) {
    String subnormal = less(x, Float.MIN_NORMAL);
    String normal = select(subnormal, mul(x, literal(0x1p23f)), x);
    String shifted = out.s32("sub.s32", bits(normal), SQRT_HALF_BITS);
    String exponent = out.f32("cvt.rn.f32.s32", out.s32("shr.s32", shifted, "23"));
    exponent = select(subnormal, sub(exponent, literal(23f)), exponent);
    String mantissa = out.s32("and.b32", shifted, "0x007FFFFF");
    mantissa = ofBits(out.s32("add.s32", mantissa, SQRT_HALF_BITS));
    String y = logReduced(sub(mantissa, literal(1f)), exponent);
    y = select(less(x, Float.POSITIVE_INFINITY), y, x);
    y = select(less(x, 0), literal(Float.NaN), y);
    String zero = out.predicate("setp.eq.f32", x, literal(0f));
    return select(zero, literal(Float.NEGATIVE_INFINITY), y);
  }

  private String log1p(String x) {
    String sum = add(x, literal(1f));
    String shifted = out.s32("sub.s32", bits(sum), SQRT_HALF_BITS);
    String exponent = out.s32("shr.s32", shifted, "23");
    // 4 · 2^−exponent is normal for every exponent, 2^−exponent is not
    String power = out.s32("shl.b32", exponent, "23");
    String fourBits = out.s32("mov.u32", "0x40800000");
    String four = ofBits(out.s32("sub.s32", fourBits, power));
    String f = fma(mul(x, literal(0.25f)), four, fma(four, literal(0.25f), literal(-1f)));
    String y = logReduced(f, out.f32("cvt.rn.f32.s32", exponent));
    y = select(less(abs(x), TINY), x, y);
    y = select(less(x, Float.POSITIVE_INFINITY), y, x);
    y = select(less(x, -1), literal(Float.NaN), y);
    String lowest = out.predicate("setp.eq.f32", x, literal(-1f));
    return select(lowest, literal(Float.NEGATIVE_INFINITY), y);
  }

  /** ln(1 + f) + exponent · ln 2 for √½ ≤ 1 + f ≤ √2. */
  private String logReduced(String f, String exponent) {
    String square = mul(f, f);
    String y = fma(mul(polynomial(LOG, f), f), square, mul(exponent, literal(LN2_LOW)));
    return fma(exponent, literal(LN2), add(fma(square, literal(-0.5f), y), f));
  }

  private String tanh(String x) {
    String size = abs(x);
    String twice = add(size, size);
    twice = select(greater(twice, 20), literal(20f), twice);
    String shifted = shifted(twice);
    String power = powerOfTwo(bits(shifted));
    String sum = fma(power, expm1Reduced(twice, shifted), add(power, literal(1f)));
    String far = sub(number(1), div(number(2), sum));
    String square = mul(x, x);
    String p = mul(polynomial(TANH, square), square);
    String near = fma(p, size, size);
    return withSignOf(x, select(less(size, 0.625f), near, far));
  }

  /** exp(−|x|). */
  private String decay(String x) {
    String size = out.f32("neg.f32", abs(x));
    String bounded = select(less(size, -104), literal(-104f), size);
    String shifted = shifted(bounded);
    return scale(add(expm1Reduced(bounded, shifted), literal(1f)), shifted);
  }

  private String sigmoid(String x) {
    String z = decay(x);
    return div(select(greater(x, 0), literal(1f), z), add(z, literal(1f)));
  }

  private String softplus(String x) {
    String z = decay(x);
    // 1 + z = (1 + f) · 2^exponent
    String large = greater(z, 0x1.a8279ap-2f);
    String f = select(large, fma(z, literal(0.5f), literal(-0.5f)), z);
    String y = logReduced(f, select(large, literal(1f), literal(0f)));
    return add(y, orNan("max.f32", x, literal(0f)));
  }

  private String erf(String x) {
    String size = abs(x);
    String t = select(greater(size, 4), literal(4f), size);
    String q = mul(polynomial(ERFC, t), t);
    String shifted = shifted(q);
    String power = powerOfTwo(bits(shifted));
    String far = fma(power, expm1Reduced(q, shifted), sub(power, literal(1f)));
    far = withSignOf(x, abs(far));
    String near = fma(polynomial(ERF, mul(x, x)), x, x);
    return select(less(t, 1), near, far);
  }

  private String sin(String x) {
    String size = abs(x);
    String shifted = quarterTurns(size);
    String y = turned(remainder(size, shifted), bits(shifted));
    return ofBits(out.s32("xor.b32", bits(y), out.s32("and.b32", bits(x), SIGN)));
  }

  private String cos(String x) {
    String shifted = quarterTurns(x);
    return turned(remainder(x, shifted), out.s32("add.s32", bits(shifted), "1"));
  }

  private String quarterTurns(String x) {
    return fma(x, literal(0x1.45f306p-1f), literal(ROUND));
  }

  /** x − n π/2 for the integer n = shifted − ROUND, by three parts: Cody and Waite 1980. */
  private String remainder(String x, String shifted) {
    String n = sub(shifted, literal(ROUND));
    String r = fma(n, literal(0x1.777a5cp-25f), fma(n, literal(-0x1.921fb6p0f), x));
    return fma(n, literal(0x1.ee59dap-50f), r);
  }

  /** sin(r + n π/2) for |r| ≤ π/4 and the integer n in the low bits of {@code quarters}. */
  private String turned(String r, String quarters) {
    String square = mul(r, r);
    String sin = fma(mul(polynomial(SIN, square), square), r, r);
    String cos = fma(polynomial(COS, square), square, literal(1f));
    String odd = out.predicate("setp.ne.s32", out.s32("and.b32", quarters, "1"), "0");
    String y = bits(select(odd, cos, sin));
    String sign = out.s32("and.b32", out.s32("shl.b32", quarters, "30"), SIGN);
    return ofBits(out.s32("xor.b32", y, sign));
  }
}
