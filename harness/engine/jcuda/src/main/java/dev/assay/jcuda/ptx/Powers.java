package dev.assay.jcuda.ptx;

import static dev.assay.jcuda.ptx.Assembly.literal;

/**
 * x to the power y: |x|^y = 2^(y log₂ |x|) in double arithmetic, in which no float is subnormal and
 * no power of interest overflows. Special cases as {@link Math#pow}.
 */
final class Powers {
  private static final String SQRT_HALF_BITS = "0x3FE6A09E667F3BCD";
  private static final double ROUND = 0x1.8p52;

  /** log₂((1 + s) / (1 − s)) / s in s², on |s| ≤ 0.1716, the highest power first. */
  private static final double[] LOG = {
    0x1.5cea2fc5fa143p-2,
    0x1.a58d704d4b923p-2,
    0x1.27778019ec740p-1,
    0x1.ec709d1291801p-1,
    0x1.71547652bee21p1
  };

  /** (2ʳ − 1) / r on |r| ≤ ½. */
  private static final double[] EXP = {
    0x1.41fb6ceb77d8bp-13,
    0x1.5f3ed7d6c9ecap-10,
    0x1.3b2d4e823035ep-7,
    0x1.c6aee790d82efp-5,
    0x1.ebfbdc38c9574p-3,
    0x1.62e430afd22b3p-1
  };

  private final Assembly out;

  Powers(Assembly out) {
    this.out = out;
  }

  String pow(String x, String y) {
    String size = out.f64("cvt.f64.f32", out.f32("abs.f32", x));
    String exponent = out.f64("cvt.f64.f32", y);
    String power = out.f32("cvt.rn.f32.f64", exp2(out.f64("mul.rn.f64", exponent, log2(size))));

    // 0 for an even y, 1 for an odd one: no float above 2²⁴ is odd
    String limit = literal(0x1p24f);
    String odd = out.f32("abs.f32", y);
    odd = select(out.predicate("setp.gt.f32", odd, limit), limit, odd);
    String even = out.f32("sub.rn.f32", out.f32("add.rn.f32", odd, limit), limit);
    odd = out.f32("abs.f32", out.f32("sub.rn.f32", odd, even));
    String isOdd = out.predicate("setp.eq.f32", odd, literal(1f));
    String sign = out.s32("and.b32", out.s32("mov.b32", x), "0x80000000");
    String signed = out.f32("mov.b32", out.s32("or.b32", out.s32("mov.b32", power), sign));
    power = select(isOdd, signed, power);

    String fraction = out.predicate("setp.neu.and.f32", odd, literal(0f), "!" + isOdd);
    String finite = out.predicate("setp.gt.f32", x, literal(Float.NEGATIVE_INFINITY));
    String negative = out.predicate("setp.lt.and.f32", x, literal(0f), finite);
    power = select(both(fraction, negative), literal(Float.NaN), power);
    return select(out.predicate("setp.eq.f32", y, literal(0f)), literal(1f), power);
  }

  private String both(String p, String q) {
    return out.predicate("and.pred", p, q);
  }

  private String select(String predicate, String x, String y) {
    return out.f32("selp.f32", x, y, predicate);
  }

  private String choose(String predicate, String x, String y) {
    return out.f64("selp.f64", x, y, predicate);
  }

  private String bits(String x) {
    return out.b64("mov.b64", x);
  }

  private String polynomial(double[] coefficients, String x) {
    String y = out.f64("mov.f64", literal(coefficients[0]));
    for (int i = 1; i < coefficients.length; i++) {
      y = out.f64("fma.rn.f64", y, x, literal(coefficients[i]));
    }
    return y;
  }

  /** log₂ x for x ≥ 0 that are floats: x = 2ⁿ m, √½ ≤ m < √2, in s = (m − 1) / (m + 1). */
  private String log2(String x) {
    String shifted = out.b64("sub.s64", bits(x), SQRT_HALF_BITS);
    String n = out.f64("cvt.rn.f64.s64", out.b64("shr.s64", shifted, "52"));
    String mantissa = out.b64("and.b64", shifted, "0x000FFFFFFFFFFFFF");
    String m = out.f64("mov.b64", out.b64("add.s64", mantissa, SQRT_HALF_BITS));
    String s =
        out.f64(
            "div.rn.f64",
            out.f64("sub.rn.f64", m, literal(1.0)),
            out.f64("add.rn.f64", m, literal(1.0)));
    String log = out.f64("fma.rn.f64", polynomial(LOG, out.f64("mul.rn.f64", s, s)), s, n);
    String infinity = literal(Double.POSITIVE_INFINITY);
    log = choose(out.predicate("setp.lt.f64", x, infinity), log, x);
    String zero = out.predicate("setp.eq.f64", x, literal(0.0));
    return choose(zero, literal(Double.NEGATIVE_INFINITY), log);
  }

  /** 2ˣ; beyond all floats at −200 and 200. */
  private String exp2(String x) {
    String bounded = choose(out.predicate("setp.gt.f64", x, literal(200.0)), literal(200.0), x);
    bounded =
        choose(out.predicate("setp.lt.f64", bounded, literal(-200.0)), literal(-200.0), bounded);
    String shifted = out.f64("add.rn.f64", bounded, literal(ROUND));
    String n = out.f64("sub.rn.f64", shifted, literal(ROUND));
    String r = out.f64("sub.rn.f64", bounded, n);
    String p = out.f64("fma.rn.f64", polynomial(EXP, r), r, literal(1.0));
    String scale = out.b64("shl.b64", bits(shifted), "52");
    String y = out.f64("mov.b64", out.b64("add.s64", bits(p), scale));
    return choose(out.predicate("setp.nan.f64", x, x), x, y);
  }
}
