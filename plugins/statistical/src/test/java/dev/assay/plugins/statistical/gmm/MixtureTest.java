package dev.assay.plugins.statistical.gmm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.plugins.statistical.Workers;
import dev.assay.tensor.RandomStream;
import dev.assay.testkit.MapStateStore;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Expected values of the first two tests: golden case {@code gmm_loglik_em}, checked with SciPy.
 */
final class MixtureTest {
  private static final double[] X = {
    -3.936, -0.146, 0.403, 1.421, 1.15, 1.117, 1.864, -0.175, -0.705, -1.573, -0.323, -0.631,
    -0.279, -0.502
  };

  private final Workers workers = new Workers(2);

  @AfterEach
  void close() {
    workers.close();
  }

  @Test
  void logDensitiesOfAFullMixtureAreThoseOfTheGoldenCase() {
    double[] nats = golden().nats(floats(X), null, workers);
    double[] expected = {
      -11.857545692593254,
      -4.510573813948702,
      -3.7083245542711034,
      -2.41017112439825,
      -3.325506971451314,
      -2.5996092946319096,
      -2.6265870168883256
    };
    for (int i = 0; i < nats.length; i++) {
      // the data reach the model as float32
      assertThat(-nats[i]).isCloseTo(expected[i], within(1e-6));
    }
    assertThat(-mean(nats)).isCloseTo(-4.434045495454694, within(1e-7));
  }

  @Test
  void oneSweepGivesTheParametersOfTheGoldenCase() {
    Mixture mixture = golden();
    float[] data = floats(X);
    double[][] responsibilities = new double[2][7];
    mixture.nats(data, responsibilities, workers);
    mixture.maximise(data, responsibilities, workers);

    close(mixture.weights(), 0.3933521836271957, 0.6066478163728044);
    FullComponents full = (FullComponents) mixture.components();
    close(full.mean(0), -0.8055728093258612, -0.8880480836916558);
    close(full.mean(1), 0.09233805718910768, 0.460660209245986);
    close(
        full.covariance(0),
        1.1823477782732248,
        -0.16470612417345323,
        -0.16470612417345323,
        0.28512935905704156);
    close(
        full.covariance(1),
        3.780042237186208,
        0.43837876911086465,
        0.43837876911086465,
        0.6088869628485593);
    assertThat(-mean(mixture.nats(data, null, workers)))
        .isCloseTo(-3.227825109969666, within(1e-7));
  }

  @Test
  void blocksAndTilesOfEverySizeAgreeWithTheTextbookFormulas() {
    // 19 columns: one whole tile of the covariance and a part; 300 points: two whole blocks and a
    // part. One component: the M-step is the sample mean and covariance, whatever came before.
    int columns = 19;
    int points = 300;
    RandomStream random = RandomStream.root(3);
    float[] data = new float[points * columns];
    for (int i = 0; i < data.length; i++) {
      data[i] = (float) (random.nextGaussian() + (i % columns > 0 ? 0.5 * data[i - 1] : 2));
    }
    double[][] ones = new double[1][points];
    Arrays.fill(ones[0], 1);
    FullComponents full = new FullComponents(1, columns, 0);
    Mixture mixture = new Mixture(1, columns, full);
    mixture.maximise(data, ones, workers);

    double[] mean = new double[columns];
    for (int i = 0; i < data.length; i++) {
      mean[i % columns] += data[i] / (double) points;
    }
    close(full.mean(0), mean);
    for (int a = 0; a < columns; a++) {
      for (int b = 0; b < columns; b++) {
        double sum = 0;
        for (int p = 0; p < points; p++) {
          sum += (data[p * columns + a] - mean[a]) * (data[p * columns + b] - mean[b]);
        }
        assertThat(full.covariance(0)[a * columns + b]).isCloseTo(sum / points, within(1e-9));
      }
    }
    // At the maximum the mean squared Mahalanobis distance is the number of columns:
    // mean -ln p = ½ (d ln 2π + ln det Σ + d). The determinant by Gaussian elimination.
    double expected =
        0.5 * (columns * Math.log(2 * Math.PI) + Math.log(determinant(full)) + columns);
    assertThat(mean(mixture.nats(data, null, workers))).isCloseTo(expected, within(1e-9));
  }

  @Test
  void diagonalComponentsAreFullOnesWithoutCorrelation() {
    double[][] means = {{0.3, -1, 2}, {-0.5, 0.2, 0}};
    double[][] variances = {{0.5, 2, 0.1}, {1, 0.3, 0.7}};
    DiagonalComponents diagonal = new DiagonalComponents(2, 3, 0);
    diagonal.set(means, variances);
    FullComponents full = new FullComponents(2, 3, 0);
    double[][] covariances = new double[2][9];
    for (int k = 0; k < 2; k++) {
      for (int i = 0; i < 3; i++) {
        covariances[k][4 * i] = variances[k][i];
      }
    }
    full.set(means, covariances);
    float[] data = {0.1f, 0.2f, 0.3f, -1, 2, 0.5f};
    double[] a = new Mixture(2, 3, diagonal).nats(data, null, workers);
    double[] b = new Mixture(2, 3, full).nats(data, null, workers);
    assertThat(a).containsExactly(b, within(1e-12));
  }

  @Test
  void theNumberOfThreadsChangesNoBit() {
    int columns = 19;
    RandomStream random = RandomStream.root(6);
    float[] data = new float[1500 * columns];
    for (int i = 0; i < data.length; i++) {
      data[i] = (float) (random.nextGaussian() + i / columns % 3);
    }
    MapStateStore one = swept(data, columns, 1);
    for (int threads : new int[] {2, 4}) {
      assertThat(one.differences(swept(data, columns, threads))).isEmpty();
    }
  }

  private static MapStateStore swept(float[] data, int columns, int threads) {
    int points = data.length / columns;
    Mixture mixture = new Mixture(3, columns, new FullComponents(3, columns, 1e-6));
    double[][] responsibilities = new double[3][points];
    for (int i = 0; i < points; i++) {
      responsibilities[i % 3][i] = 1;
    }
    try (Workers workers = new Workers(threads)) {
      mixture.maximise(data, responsibilities, workers);
      mixture.nats(data, responsibilities, workers);
      mixture.maximise(data, responsibilities, workers);
    }
    MapStateStore state = new MapStateStore();
    mixture.save(state);
    return state;
  }

  @Test
  void aComponentWithoutPointsStaysAsItIs() {
    Mixture mixture = golden();
    double[][] responsibilities = new double[2][7];
    Arrays.fill(responsibilities[1], 1);
    mixture.maximise(floats(X), responsibilities, workers);
    close(mixture.weights(), 0, 1);
    FullComponents full = (FullComponents) mixture.components();
    close(full.mean(0), 0.602, -1.417);
    close(full.covariance(0), 0.926, -0.27, -0.27, 0.437);
    assertThat(mixture.nats(floats(X), responsibilities, workers)).doesNotContain(Double.NaN);
    assertThat(responsibilities[0]).containsOnly(0);
  }

  private static double determinant(FullComponents full) {
    int n = full.mean(0).length;
    double[] a = full.covariance(0).clone();
    double determinant = 1;
    for (int k = 0; k < n; k++) {
      determinant *= a[k * n + k];
      for (int i = k + 1; i < n; i++) {
        double factor = a[i * n + k] / a[k * n + k];
        for (int j = k; j < n; j++) {
          a[i * n + j] -= factor * a[k * n + j];
        }
      }
    }
    return determinant;
  }

  private static Mixture golden() {
    FullComponents full = new FullComponents(2, 2, 0);
    full.set(
        new double[][] {{0.602, -1.417}, {0.999, 0.133}},
        new double[][] {{0.926, -0.27, -0.27, 0.437}, {1.423, -0.203, -0.203, 0.347}});
    Mixture mixture = new Mixture(2, 2, full);
    mixture.weights()[0] = 0.488;
    mixture.weights()[1] = 0.512;
    return mixture;
  }

  private static void close(double[] actual, double... expected) {
    assertThat(actual).containsExactly(expected, within(1e-6));
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
