package dev.assay.plugins.statistical.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.plugins.statistical.Workers;
import dev.assay.tensor.RandomStream;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TilesTest {
  private static double[] normal(RandomStream random, int count) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextGaussian();
    }
    return values;
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 1", "7, 33", "64, 128"})
  void eachSumTakesItsTermsInOrderAndTheRestStays(int terms, int columns) {
    RandomStream random = RandomStream.root(1);
    int width = Tiles.whole(columns) + Tiles.COLUMNS;
    double[][] x = new double[terms + 1][];
    double[][] y = new double[Tiles.ROWS + 2][];
    double[][] expected = new double[y.length][];
    for (int t = 0; t < x.length; t++) {
      x[t] = normal(random.child("x").child(t), width);
    }
    for (int r = 0; r < y.length; r++) {
      y[r] = normal(random.child("y").child(r), width);
      expected[r] = y[r].clone();
    }
    // a[r, t] stands at 3 + 2 r + 9 t.
    double[] a = normal(random.child("a"), 3 + 2 * Tiles.ROWS + 9 * terms);
    for (int r = 0; r < Tiles.ROWS; r++) {
      for (int t = 0; t < terms; t++) {
        for (int c = 0; c < Tiles.whole(columns); c++) {
          // Rounded once, as a fused multiply-add is.
          expected[1 + r][c] =
              new BigDecimal(a[3 + 2 * r + 9 * t])
                  .multiply(new BigDecimal(x[1 + t][c]))
                  .add(new BigDecimal(expected[1 + r][c]))
                  .doubleValue();
        }
      }
    }
    Tiles.add(y, 1, columns, x, 1, terms, a, 3, 2, 9);
    assertThat(y).isDeepEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 6, 65, 130})
  void covariancesAreThoseOfThePlainSums(int columns) {
    RandomStream random = RandomStream.root(columns);
    int points = 150;
    float[] data = new float[points * columns];
    double[] weights = new double[points];
    for (int p = 0; p < points; p++) {
      weights[p] = p % 3 == 0 ? 0 : random.nextDouble();
      for (int i = 0; i < columns; i++) {
        data[p * columns + i] = (float) (i + random.nextGaussian());
      }
    }
    double[] mean = new double[columns];
    Moments moments = Moments.above(0, data, weights);
    double total = moments.mean(mean);
    double[] got = new double[columns * columns];
    try (Workers workers = new Workers(1)) {
      moments.covariance(mean, total, got, workers);
    }
    double[] tiled = new double[got.length];
    for (int tile = 0; tile < Moments.tiles(columns); tile++) {
      moments.scatter(mean, tile, total, tiled, true);
    }
    Moments.mirror(tiled, columns);
    assertThat(tiled).isEqualTo(got);
    for (int i = 0; i < columns; i++) {
      for (int j = 0; j < columns; j++) {
        double sum = 0;
        for (int p = 0; p < points; p++) {
          double u = data[p * columns + i] - mean[i];
          double v = data[p * columns + j] - mean[j];
          sum += weights[p] * u * v;
        }
        assertThat(got[i * columns + j]).as("%d, %d", i, j).isCloseTo(sum / total, within(1e-12));
      }
    }
  }

  @Test
  void widthsAreRoundedUpToTiles() {
    assertThat(Tiles.whole(0)).isZero();
    assertThat(Tiles.whole(1)).isEqualTo(Tiles.COLUMNS);
    assertThat(Tiles.whole(Tiles.COLUMNS)).isEqualTo(Tiles.COLUMNS);
    assertThat(PointBlock.WIDTH % Tiles.COLUMNS).isZero();
  }
}
