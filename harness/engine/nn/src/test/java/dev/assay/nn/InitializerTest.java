package dev.assay.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InitializerTest {
  private static final int COUNT = 200_000;

  /** Variance, and kurtosis: 3 of a normal, 9/5 of a uniform distribution. */
  static Stream<Arguments> moments() {
    return Stream.of(
        Arguments.of("normal", Initializer.normal(0.02), 0.0004, 3.0),
        Arguments.of("uniform", Initializer.uniform(0.3), 0.03, 1.8),
        Arguments.of("torch", Initializer.torch(), 1 / 300.0, 1.8),
        Arguments.of("glorotUniform", Initializer.glorotUniform(), 2 / 150.0, 1.8),
        Arguments.of("glorotNormal", Initializer.glorotNormal(), 2 / 150.0, 3.0),
        Arguments.of("heUniform", Initializer.heUniform(), 0.02, 1.8),
        Arguments.of("heNormal", Initializer.heNormal(), 0.02, 3.0));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("moments")
  void drawsHaveTheMomentsOfTheirDistribution(
      String name, Initializer initializer, double variance, double kurtosis) {
    float[] values = new float[COUNT];
    initializer.fill(values, new Initializer.Fan(100, 50), RandomStream.root(1).child(name));
    double mean = 0;
    double second = 0;
    double fourth = 0;
    for (float value : values) {
      double square = (double) value * value;
      mean += value / (double) COUNT;
      second += square / COUNT;
      fourth += square * square / COUNT;
    }
    assertThat(mean).isCloseTo(0, within(5 * Math.sqrt(variance / COUNT)));
    // 5 standard errors of the second moment, √((kurtosis − 1) / n) of it
    assertThat(second / variance).isCloseTo(1, within(5 * Math.sqrt((kurtosis - 1) / COUNT)));
    assertThat(fourth / (second * second)).isCloseTo(kurtosis, within(0.06));
  }

  @Test
  void fansOfAFilterCountItsField() {
    assertThat(Initializer.Fan.of(Shape.of(3, 5, 4, 8))).isEqualTo(new Initializer.Fan(60, 120));
    assertThat(Initializer.Fan.of(Shape.of(7, 2))).isEqualTo(new Initializer.Fan(7, 2));
    assertThat(Initializer.Fan.of(Shape.of(6))).isEqualTo(new Initializer.Fan(6, 6));
  }

  @Test
  void constantsAreConstant() {
    float[] values = new float[3];
    Initializer.ones().fill(values, new Initializer.Fan(1, 1), RandomStream.root(1));
    assertThat(values).containsOnly(1);
    Initializer.zeros().fill(values, new Initializer.Fan(1, 1), RandomStream.root(1));
    assertThat(values).containsOnly(0);
  }
}
