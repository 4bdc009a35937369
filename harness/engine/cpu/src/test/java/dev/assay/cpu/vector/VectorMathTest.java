package dev.assay.cpu.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.assay.cpu.memory.Memory;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VectorMathTest {
  private static final int CHUNK = 1 << 12;
  private static final float[] SPECIAL = {
    0f,
    -0f,
    1f,
    -1f,
    0.5f,
    -0.5f,
    1.5f,
    -2.5f,
    2f,
    -2f,
    3f,
    -3f,
    -7f,
    0.1f,
    1e-10f,
    1e10f,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    -Float.MIN_NORMAL,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.NaN,
    0.99999994f,
    -0.99999994f,
    1.0000001f,
    8388607.5f,
    8388609f,
    16777215f,
    -16777215f,
    16777216f,
    33554432f,
    88.72283f,
    88.72284f,
    -87.33655f,
    -103.97207f,
    -103.97208f,
    -104f
  };

  static Stream<Arguments> functions() {
    return Stream.of(
        function("exp", VectorMath::exp, Math::exp, 1.1),
        function("expm1", VectorMath::expm1, Math::expm1, 1.5),
        function("log", VectorMath::log, Math::log, 0.8),
        function("log1p", VectorMath::log1p, Math::log1p, 1.4),
        function("tanh", VectorMath::tanh, Math::tanh, 1.2),
        function("sigmoid", VectorMath::sigmoid, x -> 1 / (1 + Math.exp(-x)), 2.2),
        function("softplus", VectorMath::softplus, VectorMathTest::softplus, 1.7),
        function("erf", VectorMath::erf, VectorMathTest::erf, 1),
        function("rsqrt", VectorMath::rsqrt, x -> 1 / Math.sqrt(x), 1.5),
        function("floor", VectorMath::floor, Math::floor, 0),
        function("sign", VectorMath::sign, Math::signum, 0),
        function("sin", VectorTrigonometry::sin, Math::sin, 1.5, VectorTrigonometry.LIMIT),
        function("cos", VectorTrigonometry::cos, Math::cos, 1.5, VectorTrigonometry.LIMIT));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("functions")
  void staysWithinItsStatedError(
      String name,
      UnaryOperator<FloatVector> fast,
      DoubleUnaryOperator exact,
      double ulps,
      float limit) {
    check(name, fast, exact, ulps, limit, 6007);
  }

  @Tag("slow")
  @ParameterizedTest(name = "{0}")
  @MethodSource("functions")
  void staysWithinItsStatedErrorOnADenseSample(
      String name,
      UnaryOperator<FloatVector> fast,
      DoubleUnaryOperator exact,
      double ulps,
      float limit) {
    check(name, fast, exact, ulps, limit, 97);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("functions")
  void treatsZerosInfinitiesAndLimitsAsMathDoes(
      String name,
      UnaryOperator<FloatVector> fast,
      DoubleUnaryOperator exact,
      double ulps,
      float limit) {
    float[] y = map(fast, SPECIAL);
    for (int i = 0; i < SPECIAL.length; i++) {
      if (Math.abs(SPECIAL[i]) <= limit || !Float.isFinite(SPECIAL[i])) {
        assertClose(name, SPECIAL[i], 0, y[i], exact.applyAsDouble(SPECIAL[i]), ulps);
      }
    }
  }

  @Test
  void powTreatsAllPairsOfSpecialValuesAsMathDoes() {
    float[] x = new float[SPECIAL.length];
    for (float base : SPECIAL) {
      Arrays.fill(x, base);
      checkPow(x, SPECIAL);
    }
  }

  @Test
  void powStaysWithinItsStatedError() {
    SplittableRandom random = new SplittableRandom(1);
    float[] x = new float[CHUNK];
    float[] y = new float[CHUNK];
    for (int round = 0; round < 100; round++) {
      for (int i = 0; i < CHUNK; i++) {
        x[i] = Float.intBitsToFloat(random.nextInt());
        y[i] =
            switch (i % 4) {
              case 0 -> Float.intBitsToFloat(random.nextInt());
              case 1 -> random.nextInt(-20, 20);
              // results over the whole range of floats
              default -> (float) (random.nextDouble(-104, 89) / Math.log(Math.abs(x[i])));
            };
      }
      checkPow(x, y);
    }
  }

  private static void checkPow(float[] x, float[] y) {
    int lanes = VectorPower.FLOATS.length();
    for (int i = 0; i + lanes <= x.length; i += lanes) {
      FloatVector a = FloatVector.fromArray(VectorPower.FLOATS, x, i);
      FloatVector b = FloatVector.fromArray(VectorPower.FLOATS, y, i);
      float[] z = VectorPower.pow(a, b).toArray();
      for (int k = 0; k < lanes; k++) {
        assertClose("pow", x[i + k], y[i + k], z[k], Math.pow(x[i + k], y[i + k]), 0.6);
      }
    }
  }

  private static void check(
      String name,
      UnaryOperator<FloatVector> fast,
      DoubleUnaryOperator exact,
      double ulps,
      float limit,
      int stride) {
    float[] x = new float[CHUNK];
    for (long bits = Integer.MIN_VALUE; bits <= Integer.MAX_VALUE; bits += (long) stride * CHUNK) {
      for (int i = 0; i < CHUNK; i++) {
        x[i] = Float.intBitsToFloat((int) (bits + (long) stride * i));
      }
      float[] y = map(fast, x);
      for (int i = 0; i < CHUNK; i++) {
        if (Math.abs(x[i]) <= limit || !Float.isFinite(x[i])) {
          assertClose(name, x[i], 0, y[i], exact.applyAsDouble(x[i]), ulps);
        }
      }
    }
  }

  private static float[] map(UnaryOperator<FloatVector> fast, float[] x) {
    float[] y = new float[x.length];
    for (int i = 0; i < x.length; i += Memory.LANES) {
      var mask = Memory.FLOATS.indexInRange(i, x.length);
      fast.apply(FloatVector.fromArray(Memory.FLOATS, x, i, mask)).intoArray(y, i, mask);
    }
    return y;
  }

  private static void assertClose(
      String name, float x, float y, float actual, double exact, double ulps) {
    float nearest = (float) exact;
    boolean ordinary = Float.isFinite(nearest) && Float.isFinite(actual) && exact != 0;
    boolean close =
        ordinary
            ? Math.abs(actual - exact) <= ulps * Math.ulp(nearest)
            : Float.compare(actual, nearest) == 0;
    if (!close) {
      assertThat(actual).as("%s of %s %s, exactly %s", name, x, y, exact).isEqualTo(nearest);
    }
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  /** By its Taylor series near zero and Lentz's continued fraction beyond. */
  private static double erf(double x) {
    double a = Math.abs(x);
    if (a > 6 || Double.isNaN(x)) {
      return Math.signum(x);
    }
    if (a < 2.5) {
      double term = x;
      double sum = x;
      for (int n = 1; n < 100; n++) {
        term *= -x * x / n;
        sum += term / (2 * n + 1);
      }
      return 2 / Math.sqrt(Math.PI) * sum;
    }
    double fraction = 0;
    for (int n = 80; n >= 1; n--) {
      fraction = n / 2.0 / (a + fraction);
    }
    return Math.signum(x) * (1 - Math.exp(-x * x) / Math.sqrt(Math.PI) / (a + fraction));
  }

  private static Arguments function(
      String name, UnaryOperator<FloatVector> fast, DoubleUnaryOperator exact, double ulps) {
    return function(name, fast, exact, ulps, Float.MAX_VALUE);
  }

  private static Arguments function(
      String name,
      UnaryOperator<FloatVector> fast,
      DoubleUnaryOperator exact,
      double ulps,
      float limit) {
    return arguments(name, fast, exact, ulps, limit);
  }
}
