package dev.assay.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DistancesTest {
  @ParameterizedTest
  @CsvSource({"1,1,1", "1,200,3", "63,65,4", "64,64,5", "65,63,7", "130,129,17", "300,520,6"})
  void squaredIsTheSumOfSquaredDifferences(int n, int m, int width) {
    Points x = Clouds.normal(n, width, 0, 1);
    Points y = Clouds.normal(m, width, 1, 2);
    double[][] got = all(x, y);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < m; j++) {
        assertThat(got[i][j]).isCloseTo(naive(x, i, y, j), within(1e-12 * (1 + got[i][j])));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "64", "65", "200", "530"})
  void aboveAgreesWithSquaredBehindTheDiagonal(int n) {
    Points x = Clouds.normal(n, 6, 0, 3);
    double[][] whole = all(x, x);
    List<Integer> rows = new ArrayList<>();
    Distances.above(
        x,
        (i, d) -> {
          rows.add(i);
          assertThat(Arrays.copyOfRange(d, i + 1, n))
              .isEqualTo(Arrays.copyOfRange(whole[i], i + 1, n));
        });
    assertThat(rows).containsExactlyElementsOf(IntStream.range(0, n).boxed().toList());
  }

  @Test
  void equalPointsAreAtDistanceZeroHoweverFarFromTheOrigin() {
    Points x = Clouds.normal(70, 9, 1e8, 4);
    double[][] got = all(x, x);
    for (int i = 0; i < x.rows(); i++) {
      assertThat(got[i][i]).isZero();
    }
  }

  @Test
  void distanceIsSymmetricToTheBit() {
    Points x = Clouds.normal(70, 11, 0, 5);
    Points y = Clouds.normal(40, 11, 0, 6);
    double[][] there = all(x, y);
    double[][] back = all(y, x);
    for (int i = 0; i < x.rows(); i++) {
      for (int j = 0; j < y.rows(); j++) {
        assertThat(there[i][j]).isEqualTo(back[j][i]);
      }
    }
  }

  @Test
  void nearestIsTheSmallestDistance() {
    Points x = Points.of(new double[][] {{0, 0}, {10, 0}});
    Points y = Points.of(new double[][] {{3, 4}, {10, 1}, {-6, 8}});
    assertThat(Distances.nearest(x, y)).containsExactly(5, 1);
  }

  @Test
  void nothingIsNearInAnEmptySet() {
    Points none = new Points(0, 2, new double[0]);
    assertThat(Distances.nearest(Points.of(new double[][] {{0, 0}}), none))
        .containsExactly(Double.POSITIVE_INFINITY);
  }

  @Test
  void pointsOfOtherWidthAreRefused() {
    assertThatThrownBy(() -> Distances.nearest(Clouds.constant(2, 3, 0), Clouds.constant(2, 4, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("points of 3 coordinates against points of 4");
  }

  private static double[][] all(Points x, Points y) {
    double[][] all = new double[x.rows()][];
    Distances.squared(x, y, (i, d) -> all[i] = d.clone());
    return all;
  }

  private static double naive(Points x, int i, Points y, int j) {
    double sum = 0;
    for (int c = 0; c < x.width(); c++) {
      sum += Math.pow(x.data()[i * x.width() + c] - y.data()[j * x.width() + c], 2);
    }
    return sum;
  }
}
