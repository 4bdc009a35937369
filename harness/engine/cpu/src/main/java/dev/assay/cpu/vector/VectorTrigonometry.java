package dev.assay.cpu.vector;

import static dev.assay.cpu.vector.VectorMath.ONE;
import static dev.assay.cpu.vector.VectorMath.ROUND;
import static dev.assay.cpu.vector.VectorMath.constant;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.NE;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * Sine and cosine of each lane, under the conventions of {@link VectorMath}: the angle is reduced
 * to |r| ≤ π/4 by three parts of π/2 (Cody and Waite 1980), each product fused with its difference.
 */
public final class VectorTrigonometry {
  /** Largest |x| for which {@link #sin} and {@link #cos} keep their accuracy. */
  public static final float LIMIT = 1e5f;

  private static final FloatVector TWO_OVER_PI = constant(0x1.45f306p-1f);
  private static final FloatVector MINUS_HALF_PI_0 = constant(-0x1.921fb6p0f);
  private static final FloatVector MINUS_HALF_PI_1 = constant(0x1.777a5cp-25f);
  private static final FloatVector MINUS_HALF_PI_2 = constant(0x1.ee59dap-50f);

  // (sin r − r) / r³ in r², on |r| ≤ π/4
  private static final FloatVector SIN_0 = constant(-0x1.555546p-3f);
  private static final FloatVector SIN_1 = constant(0x1.110774p-7f);
  private static final FloatVector SIN_2 = constant(-0x1.9951eap-13f);

  // (cos r − 1 + r²/2) / r⁴ in r², on |r| ≤ π/4
  private static final FloatVector COS_0 = constant(0x1.55554ap-5f);
  private static final FloatVector COS_1 = constant(-0x1.6c0c28p-10f);
  private static final FloatVector COS_2 = constant(0x1.99e80cp-16f);
  private static final FloatVector MINUS_HALF = constant(-0.5f);

  private static final IntVector SIGN = constant(-0f).reinterpretAsInts();
  private static final IntVector INT_ZERO = IntVector.zero(SIGN.species());
  private static final IntVector INT_ONE = IntVector.broadcast(SIGN.species(), 1);

  private VectorTrigonometry() {}

  /** sin x, to 1.5 ulp for |x| ≤ {@link #LIMIT}. */
  public static FloatVector sin(FloatVector x) {
    FloatVector size = x.abs();
    FloatVector shifted = size.fma(TWO_OVER_PI, ROUND);
    FloatVector r = remainder(size, shifted);
    IntVector quarters = shifted.reinterpretAsInts();
    FloatVector y = turned(sinReduced(r), cosReduced(r), quarters);
    IntVector sign = x.reinterpretAsInts().and(SIGN);
    return y.reinterpretAsInts().lanewise(XOR, sign).reinterpretAsFloats();
  }

  /** cos x, to 1.5 ulp for |x| ≤ {@link #LIMIT}. */
  public static FloatVector cos(FloatVector x) {
    FloatVector shifted = x.fma(TWO_OVER_PI, ROUND);
    FloatVector r = remainder(x, shifted);
    IntVector quarters = shifted.reinterpretAsInts().add(INT_ONE);
    return turned(sinReduced(r), cosReduced(r), quarters);
  }

  /** x − n π/2 for the integer n = shifted − ROUND. */
  private static FloatVector remainder(FloatVector x, FloatVector shifted) {
    FloatVector n = shifted.sub(ROUND);
    return n.fma(MINUS_HALF_PI_2, n.fma(MINUS_HALF_PI_1, n.fma(MINUS_HALF_PI_0, x)));
  }

  /** sin r for |r| ≤ π/4. */
  static FloatVector sinReduced(FloatVector r) {
    FloatVector square = r.mul(r);
    return SIN_2.fma(square, SIN_1).fma(square, SIN_0).mul(square).fma(r, r);
  }

  /** cos r for |r| ≤ π/4. */
  static FloatVector cosReduced(FloatVector r) {
    FloatVector square = r.mul(r);
    FloatVector p = COS_2.fma(square, COS_1).fma(square, COS_0).fma(square, MINUS_HALF);
    return p.fma(square, ONE);
  }

  /** sin(r + n π/2) from sin r and cos r, for the integer n in the low bits of {@code quarters}. */
  static FloatVector turned(FloatVector sin, FloatVector cos, IntVector quarters) {
    IntVector y = sin.reinterpretAsInts();
    y = y.blend(cos.reinterpretAsInts(), quarters.and(INT_ONE).compare(NE, INT_ZERO));
    return y.lanewise(XOR, quarters.lanewise(LSHL, 30).and(SIGN)).reinterpretAsFloats();
  }
}
