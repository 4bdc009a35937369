package dev.assay.plugins.diffusion.ddpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.tensor.Backend;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.testkit.Backends;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NormalBinTest {
  /** SciPy: log_ndtr of both ends in float64, mirrored to the lower tail. */
  @ParameterizedTest
  @CsvSource({
    "0, 1, -0.3817151463021261",
    "0.5, 0.3, -1.5659719348276857",
    "-2, 0.5, -2.803501047738798",
    "2.4, 0.2, -4.683968889696033",
    "3, 0.1, -7.015106566950984",
    "-3.2, 0.05, -8.337678610337646",
    "4, 1, -6.607938594596893",
    "-6, 2, -10.360101486546935",
    "10, 0.5, -48.306060454703854",
    "-40, 1, -765.0831565643776",
    "200, 6.25, -18775.716783838583",
    "3, 0.013, -9.068371959077206",
  })
  void itIsTheMassOfTheBinAndNeverMore(float z, double d, double expected) {
    double mass = logMass(z, d, false, false);
    double rounding = 1e-4 + 1e-6 * Math.abs(expected);
    assertThat(mass).isBetween(expected - 0.03 - rounding, expected + rounding);
    if (Math.abs(z) - d < 2.5) {
      assertThat(mass).isCloseTo(expected, within(rounding));
    }
  }

  /** SciPy: log_ndtr of the finite end. */
  @ParameterizedTest
  @CsvSource({
    "-1, 0.5, -0.06914345561223399, -1.1759117615936188",
    "3, 0.5, -5.081648277278691, -0.00023265614137680453",
    "30, 2, -396.25241451163106, 0",
  })
  void anOpenBinReachesToInfinity(float z, double d, double highest, double lowest) {
    assertThat(logMass(z, d, false, true)).isBetween(highest - 0.03, highest + 1e-3);
    assertThat(logMass(z, d, true, false)).isBetween(lowest - 0.03, lowest + 1e-3);
  }

  @Test
  void levelsOfAPixelShareAllMass() {
    for (int levels : new int[] {2, 3, 17, 256}) {
      Decoder.Discretized decoder = new Decoder.Discretized(levels);
      float[] data = new float[levels];
      for (int i = 0; i < levels; i++) {
        data[i] = i;
      }
      for (double sigma : new double[] {0.01, 0.1, 0.6}) {
        Tensor x = Tensor.constant(decoder.forward(data), Shape.of(levels, 1));
        Tensor mean = Tensor.fill(0.3f, Shape.of(levels, 1));
        double total = 0;
        for (float logMass : run(decoder.logProbability(x, mean, sigma))) {
          total += Math.exp(logMass);
        }
        assertThat(total).as("%d levels, σ = %s", levels, sigma).isCloseTo(1, within(1e-3));
      }
    }
  }

  @Test
  void samplesAreTheNearestLevels() {
    Decoder.Discretized decoder = new Decoder.Discretized(5);
    assertThat(decoder.backward(new float[] {-3, -1, -0.76f, -0.74f, 0.1f, 0.8f, 1, 9}))
        .containsExactly(0, 0, 0, 1, 2, 4, 4, 4);
    float[] levels = {0, 1, 2, 3, 4};
    assertThat(decoder.backward(decoder.forward(levels))).containsExactly(levels);
  }

  private static double logMass(float z, double d, boolean lowest, boolean highest) {
    return run(
        NormalBin.logMass(
            Tensor.constant(new float[] {z}, Shape.of(1)), d, mark(lowest), mark(highest)))[0];
  }

  private static Tensor mark(boolean set) {
    return Tensor.fill(set ? 1 : 0, Shape.of(1));
  }

  private static float[] run(Tensor y) {
    try (Backend backend = Backends.open(1);
        Program program = backend.compile(Graph.builder().output("y", y).build())) {
      program.run();
      float[] values = new float[y.shape().size()];
      program.get("y", values);
      return values;
    }
  }
}
