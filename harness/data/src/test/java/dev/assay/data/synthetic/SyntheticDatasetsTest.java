package dev.assay.data.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.spi.Dataset;
import dev.assay.spi.Values;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SyntheticDatasetsTest {
  private final SyntheticDatasets provider = new SyntheticDatasets();

  private Dataset load(String id) {
    return provider.load(
        id,
        (dataset, source) -> {
          throw new AssertionError("needs no file");
        });
  }

  private static Dataset.KnownDensity density(Dataset dataset) {
    return dataset.density().orElseThrow();
  }

  /**
   * Steps are at most a fifth of the smallest deviation, so that the rectangle rule is exact to
   * many digits.
   */
  @ParameterizedTest
  @CsvSource({
    "gaussians-8, -3.1, 3.1, -3.1, 3.1, 0.02, 1e-9",
    "two-moons, -2, 3, -1.5, 2, 0.02, 1e-9",
    "checkerboard, -5, 5, -5, 5, 0.03125, 1e-9",
    "pinwheel, -6, 6, -6, 6, 0.03, 1e-5",
    "rings, -3.8, 3.8, -3.8, 3.8, 0.02, 1e-9"
  })
  void theDensityIntegratesToOneAndMinusPLnPToTheEntropy(
      String id, double left, double right, double low, double high, double step, double error) {
    Dataset.KnownDensity density = density(load(id));
    int columns = (int) Math.ceil((right - left) / step);
    int rows = (int) Math.ceil((high - low) / step);
    double[] integrals =
        IntStream.range(0, columns)
            .parallel()
            .mapToObj(i -> {
              double mass = 0;
              double entropy = 0;
              for (int j = 0; j < rows; j++) {
                double logP =
                    density.logDensity(
                        new float[] {
                          (float) (left + (i + 0.5) * step), (float) (low + (j + 0.5) * step)
                        });
                if (logP > -700) {
                  mass += Math.exp(logP) * step * step;
                  entropy -= logP * Math.exp(logP) * step * step;
                }
              }
              return new double[] {mass, entropy};
            })
            .reduce(new double[2], (a, b) -> new double[] {a[0] + b[0], a[1] + b[1]});
    // Grid points are floats, which moves each by up to 2⁻²³ and the sums by far less than 1e-6.
    assertThat(integrals[0]).isCloseTo(1, within(error + 1e-6));
    assertThat(integrals[1]).isCloseTo(density.entropy(), within(3 * error + 2e-6));
  }

  @Test
  void entropiesAreTheKnownOnes() {
    double separate = Math.log(8) + 1 + Math.log(2 * Math.PI * 0.01);
    assertThat(density(load("gaussians-8")).entropy()).isCloseTo(separate, within(1e-9));
    assertThat(density(load("gaussians-8")).entropy()).isCloseTo(0.3121, within(5e-5));
    assertThat(density(load("checkerboard")).entropy()).isCloseTo(3.4657, within(5e-5));
  }

  /**
   * The pinwheel's arms are images of Gaussians: E[−ln p] over the Gaussian, which needs no folds.
   */
  @Test
  void theEntropyOfThePinwheelIsTheMeanOverItsArms() {
    Dataset.KnownDensity density = density(load("pinwheel"));
    int half = 100;
    double step = 7.5 / half;
    double sum =
        IntStream.rangeClosed(-half, half)
            .parallel()
            .mapToDouble(i -> {
              double part = 0;
              for (int j = -half; j <= half; j++) {
                double u = i * step;
                double v = j * step;
                double weight = Math.exp(-(u * u + v * v) / 2) / (2 * Math.PI) * step * step;
                double a = 1 + 0.3 * u;
                double b = 0.1 * v;
                double angle = 0.25 * Math.exp(a);
                float[] x = {
                  (float) (2 * (Math.cos(angle) * a - Math.sin(angle) * b)),
                  (float) (2 * (Math.sin(angle) * a + Math.cos(angle) * b))
                };
                part -= weight * density.logDensity(x);
              }
              return part;
            })
            .sum();
    assertThat(sum).isCloseTo(density.entropy(), within(1e-6));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gaussians-8", "two-moons", "checkerboard", "pinwheel", "rings"})
  void theMeanOfMinusLnPOverTheTestPointsIsTheEntropyWithinThreeStandardErrors(String id) {
    Dataset dataset = load(id);
    Dataset.KnownDensity density = density(dataset);
    Values.Dense points = dataset.test().dense();
    assertThat(points.count()).isEqualTo(10_000);
    assertThat(dataset.train().count()).isEqualTo(20_000);
    double[] nats =
        IntStream.range(0, points.count())
            .parallel()
            .mapToDouble(i ->
                -density.logDensity(new float[] {points.data()[2 * i], points.data()[2 * i + 1]}))
            .toArray();
    double mean = IntStream.range(0, nats.length).mapToDouble(i -> nats[i]).average().orElseThrow();
    double variance = 0;
    for (double value : nats) {
      variance += (value - mean) * (value - mean) / nats.length;
    }
    double standardError = Math.sqrt(variance / nats.length);
    assertThat(mean).isCloseTo(density.entropy(), within(3 * standardError + 1e-9));
  }

  @Test
  void pointsAreAlwaysTheSameAndTrainAndTestShareNone() {
    Dataset first = load("two-moons");
    assertThat(load("two-moons").train().dense().data()).isEqualTo(first.train().dense().data());
    Set<Float> train = new HashSet<>();
    for (float x : first.train().dense().data()) {
      train.add(x);
    }
    int shared = 0;
    for (float x : first.test().dense().data()) {
      shared += train.contains(x) ? 1 : 0;
    }
    assertThat(shared).as("coordinates that occur in both parts").isLessThan(200);
  }

  @Test
  void farFromTheDataTheLogDensityStaysFinite() {
    for (String id : new String[] {"gaussians-8", "two-moons", "pinwheel", "rings"}) {
      double logP = density(load(id)).logDensity(new float[] {9, -11});
      assertThat(logP).as(id).isLessThan(-500).isGreaterThan(Double.NEGATIVE_INFINITY);
    }
    assertThat(density(load("checkerboard")).logDensity(new float[] {1, -1}))
        .isEqualTo(Double.NEGATIVE_INFINITY);
  }

  /** Expected values from SciPy's {@code ive(0, z)}. */
  @ParameterizedTest
  @CsvSource({
    "0, 1",
    "1, 0.4657596075936404",
    "10, 0.12783333716342862",
    "29.9, 0.0732692190460019",
    "30, 0.07314594648223727",
    "1000, 0.012617240455891255"
  })
  void theScaledBesselFunctionIsRightOnBothSidesOfItsSwitch(double z, double expected) {
    assertThat(Rings.scaledI0(z)).isCloseTo(expected, within(1e-13));
  }
}
