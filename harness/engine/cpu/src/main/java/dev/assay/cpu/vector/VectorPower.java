package dev.assay.cpu.vector;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.D2F;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.F2D;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

import dev.assay.cpu.memory.Memory;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Powers of each lane, under the conventions of {@link VectorMath}: |x|^y = 2^(y log₂ |x|) in
 * double arithmetic, in which no float is subnormal and no power of interest overflows.
 */
public final class VectorPower {
  private static final VectorSpecies<Double> DOUBLES =
      Memory.FLOATS.withLanes(double.class).check(double.class);

  /** Vectors of half the width of {@link Memory#FLOATS}, as wide as they are once made doubles. */
  public static final VectorSpecies<Float> FLOATS =
      VectorSpecies.of(float.class, VectorShape.forBitSize(Memory.FLOATS.vectorBitSize() / 2));

  private static final FloatVector ZERO = FloatVector.zero(FLOATS);
  private static final FloatVector ONE = FloatVector.broadcast(FLOATS, 1);
  private static final FloatVector TWO_24 = FloatVector.broadcast(FLOATS, 0x1p24f);
  private static final FloatVector NAN = FloatVector.broadcast(FLOATS, Float.NaN);
  private static final FloatVector MINUS_INFINITY =
      FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
  private static final IntVector SIGN = FloatVector.broadcast(FLOATS, -0f).reinterpretAsInts();

  private static final DoubleVector D_ZERO = constant(0);
  private static final DoubleVector D_ONE = constant(1);
  private static final DoubleVector D_INFINITY = constant(Double.POSITIVE_INFINITY);
  private static final DoubleVector D_MINUS_INFINITY = constant(Double.NEGATIVE_INFINITY);
  private static final DoubleVector HIGH = constant(200);
  private static final DoubleVector LOW = constant(-200);

  /** Added to a small number, rounds it to an integer that stands in the sum's low bits. */
  private static final DoubleVector ROUND = constant(0x1.8p52);

  private static final LongVector ROUND_BITS = ROUND.reinterpretAsLongs();
  private static final LongVector SQRT_HALF_BITS =
      constant(0x1.6a09e667f3bcdp-1).reinterpretAsLongs();
  private static final LongVector MANTISSA =
      LongVector.broadcast(SQRT_HALF_BITS.species(), 0x000fffffffffffffL);

  // log₂((1 + s) / (1 − s)) / s in s², on |s| ≤ 0.1716
  private static final DoubleVector LOG_0 = constant(0x1.71547652bee21p1);
  private static final DoubleVector LOG_1 = constant(0x1.ec709d1291801p-1);
  private static final DoubleVector LOG_2 = constant(0x1.27778019ec740p-1);
  private static final DoubleVector LOG_3 = constant(0x1.a58d704d4b923p-2);
  private static final DoubleVector LOG_4 = constant(0x1.5cea2fc5fa143p-2);

  // (2ʳ − 1) / r on |r| ≤ ½
  private static final DoubleVector EXP_0 = constant(0x1.62e430afd22b3p-1);
  private static final DoubleVector EXP_1 = constant(0x1.ebfbdc38c9574p-3);
  private static final DoubleVector EXP_2 = constant(0x1.c6aee790d82efp-5);
  private static final DoubleVector EXP_3 = constant(0x1.3b2d4e823035ep-7);
  private static final DoubleVector EXP_4 = constant(0x1.5f3ed7d6c9ecap-10);
  private static final DoubleVector EXP_5 = constant(0x1.41fb6ceb77d8bp-13);

  private VectorPower() {}

  /** A vector of {@link #FLOATS} from {@code address} on. */
  static FloatVector load(long address) {
    return FloatVector.fromMemorySegment(FLOATS, Memory.ALL, address, ByteOrder.nativeOrder());
  }

  /**
   * x to the power y, to 0.6 ulp; special cases as {@link Math#pow}.
   *
   * @param x vector of {@link #FLOATS}
   * @param y vector of {@link #FLOATS}
   */
  public static FloatVector pow(FloatVector x, FloatVector y) {
    DoubleVector size = (DoubleVector) x.abs().convertShape(F2D, DOUBLES, 0);
    DoubleVector exponent = (DoubleVector) y.convertShape(F2D, DOUBLES, 0);
    FloatVector power = (FloatVector) exp2(exponent.mul(log2(size))).convertShape(D2F, FLOATS, 0);

    // 0 for an even y, 1 for an odd one: no float above 2²⁴ is odd
    FloatVector odd = y.abs();
    odd = odd.blend(TWO_24, odd.compare(GT, TWO_24));
    odd = odd.sub(odd.add(TWO_24).sub(TWO_24)).abs();
    VectorMask<Float> isOdd = odd.compare(EQ, ONE);
    IntVector sign = x.reinterpretAsInts().and(SIGN);
    power = power.blend(power.reinterpretAsInts().or(sign).reinterpretAsFloats(), isOdd);
    VectorMask<Float> fraction = odd.compare(NE, ZERO).andNot(isOdd);
    VectorMask<Float> negative = x.compare(LT, ZERO).and(x.compare(GT, MINUS_INFINITY));
    return power.blend(NAN, fraction.and(negative)).blend(ONE, y.compare(EQ, ZERO));
  }

  /** log₂ x for x ≥ 0 that are floats. */
  private static DoubleVector log2(DoubleVector x) {
    // x = 2ⁿ m, √½ ≤ m < √2; log₂ m in s = (m − 1) / (m + 1)
    LongVector bits = x.reinterpretAsLongs().sub(SQRT_HALF_BITS);
    DoubleVector n = bits.lanewise(ASHR, 52).add(ROUND_BITS).reinterpretAsDoubles().sub(ROUND);
    DoubleVector m = bits.and(MANTISSA).add(SQRT_HALF_BITS).reinterpretAsDoubles();
    DoubleVector s = m.sub(D_ONE).div(m.add(D_ONE));
    DoubleVector square = s.mul(s);
    DoubleVector log = LOG_4.fma(square, LOG_3).fma(square, LOG_2).fma(square, LOG_1);
    log = log.fma(square, LOG_0).fma(s, n);
    log = x.blend(log, x.compare(LT, D_INFINITY));
    return log.blend(D_MINUS_INFINITY, x.compare(EQ, D_ZERO));
  }

  /** 2ˣ; beyond all floats at −200 and 200. */
  private static DoubleVector exp2(DoubleVector x) {
    DoubleVector bounded = x.blend(HIGH, x.compare(GT, HIGH));
    bounded = bounded.blend(LOW, bounded.compare(LT, LOW));
    DoubleVector shifted = bounded.add(ROUND);
    DoubleVector r = bounded.sub(shifted.sub(ROUND));
    DoubleVector p = EXP_5.fma(r, EXP_4).fma(r, EXP_3).fma(r, EXP_2).fma(r, EXP_1);
    p = p.fma(r, EXP_0).fma(r, D_ONE);
    LongVector scale = shifted.reinterpretAsLongs().lanewise(LSHL, 52);
    return p.reinterpretAsLongs().add(scale).reinterpretAsDoubles();
  }

  private static DoubleVector constant(double value) {
    return DoubleVector.broadcast(DOUBLES, value);
  }
}
