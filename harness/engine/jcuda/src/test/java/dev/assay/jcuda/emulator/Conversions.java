package dev.assay.jcuda.emulator;

import java.util.List;

/** {@code cvt}. */
final class Conversions {
  private final Operands at;

  Conversions(Operands operands) {
    at = operands;
  }

  private interface Convert {
    void of(Frame f, int to, int from);
  }

  Action decode(String op, List<String> o) {
    if (op.equals("cvt.rn.bf16x2.f32")) {
      return pair(o);
    }
    Convert convert =
        switch (op) {
          case "cvt.s64.s32" -> (f, to, from) -> f.d[to] = f.r[from];
          case "cvt.u64.u32" -> (f, to, from) -> f.d[to] = f.r[from] & 0xFFFFFFFFL;
          case "cvt.u32.u64", "cvt.s32.s64" -> (f, to, from) -> f.r[to] = (int) f.d[from];
          case "cvt.rn.f32.s32" -> (f, to, from) -> f.f(to, f.r[from]);
          case "cvt.rn.f32.u32" -> (f, to, from) -> f.f(to, (float) (f.r[from] & 0xFFFFFFFFL));
          case "cvt.rzi.s32.f32" -> (f, to, from) -> f.r[to] = (int) f.f(from);
          case "cvt.rzi.f32.f32" ->
              (f, to, from) -> {
                float x = f.f(from);
                f.f(to, (float) (x < 0 ? Math.ceil(x) : Math.floor(x)));
              };
          case "cvt.rni.f32.f32" -> (f, to, from) -> f.f(to, (float) Math.rint(f.f(from)));
          case "cvt.rmi.f32.f32" -> (f, to, from) -> f.f(to, (float) Math.floor(f.f(from)));
          case "cvt.sat.f32.f32" ->
              (f, to, from) -> {
                float x = f.f(from);
                f.f(to, Float.isNaN(x) ? 0 : Math.clamp(x, 0f, 1f));
              };
          case "cvt.f64.f32" -> (f, to, from) -> f.x(to, f.f(from));
          case "cvt.rn.f32.f64" -> (f, to, from) -> f.f(to, (float) f.x(from));
          case "cvt.rn.f64.s64" -> (f, to, from) -> f.x(to, (double) f.d[from]);
          // to nearest, ties away from zero
          case "cvt.rna.tf32.f32" -> (f, to, from) -> f.r[to] = (f.r[from] + 0x1000) & 0xFFFFE000;
          default -> throw Decoder.unknown(op);
        };
    int to = Operands.isLong(o.get(0)) ? at.wide(o.get(0)) : at.word(o.get(0));
    int from = Operands.isLong(o.get(1)) ? at.wide(o.get(1)) : at.word(o.get(1));
    return (f, lanes, n) -> {
      for (int i = 0; i < n; i++) {
        convert.of(f, to * f.width + lanes[i], from * f.width + lanes[i]);
      }
    };
  }

  /** Two floats to bfloat16, the first into the high half. */
  private Action pair(List<String> o) {
    int to = at.word(o.get(0));
    int high = at.word(o.get(1));
    int low = at.word(o.get(2));
    return (f, lanes, n) -> {
      int w = f.width;
      for (int i = 0; i < n; i++) {
        int t = lanes[i];
        f.r[to * w + t] = rounded(f.f(high * w + t)) << 16 | rounded(f.f(low * w + t));
      }
    };
  }

  /** To nearest, ties to even. */
  private static int rounded(float x) {
    int bits = Float.floatToRawIntBits(x);
    return Float.isNaN(x) ? 0x7FFF : (bits + 0x7FFF + (bits >>> 16 & 1)) >>> 16;
  }
}
