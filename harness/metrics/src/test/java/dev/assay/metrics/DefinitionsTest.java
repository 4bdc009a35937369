package dev.assay.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.metrics.classification.Roc;
import dev.assay.metrics.distribution.Histogram;
import dev.assay.metrics.distribution.KolmogorovSmirnov;
import dev.assay.metrics.distribution.Mauve;
import dev.assay.metrics.distribution.Vendi;
import dev.assay.metrics.distribution.Wasserstein;
import dev.assay.metrics.image.Similarity;
import dev.assay.metrics.privacy.ClosestRecords;
import dev.assay.metrics.text.Bleu;
import dev.assay.metrics.text.Chrf;
import dev.assay.metrics.text.Diversity;
import dev.assay.metrics.text.Edits;
import dev.assay.metrics.text.Ter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Laws of definitions, and second calculations of small cases. */
final class DefinitionsTest {
  private static final Points X = Clouds.normal(6, 2, 0, 1);
  private static final Points Y = Clouds.normal(6, 2, 1, 2);

  @Test
  void theExactWassersteinDistanceIsTheBestOfAllPermutations() {
    double best = Double.POSITIVE_INFINITY;
    for (List<Integer> order : orders(6)) {
      double sum = 0;
      for (int i = 0; i < 6; i++) {
        int j = order.get(i);
        double a = X.data()[2 * i] - Y.data()[2 * j];
        double b = X.data()[2 * i + 1] - Y.data()[2 * j + 1];
        sum += Math.hypot(a, b) / 6;
      }
      best = Math.min(best, sum);
    }
    assertThat(Wasserstein.exact(X, Y, 1)).isCloseTo(best, within(1e-12));
    assertThat(Wasserstein.exact(Y, X, 1)).isCloseTo(best, within(1e-12));
    assertThat(Wasserstein.exact(X, X, 2)).isZero();
  }

  private static List<List<Integer>> orders(int n) {
    if (n == 0) {
      return List.of(List.of());
    }
    List<List<Integer>> all = new ArrayList<>();
    for (List<Integer> shorter : orders(n - 1)) {
      for (int at = 0; at < n; at++) {
        List<Integer> longer = new ArrayList<>(shorter);
        longer.add(at, n - 1);
        all.add(longer);
      }
    }
    return all;
  }

  @Test
  void onTheLineExactAndSortedDistancesAgree() {
    double[] x = Clouds.normal(9, 1, 0, 3).data();
    double[] y = Clouds.normal(9, 1, 1, 4).data();
    double exact = Wasserstein.exact(new Points(9, 1, x), new Points(9, 1, y), 2);
    assertThat(Wasserstein.line(x, y, 2)).isCloseTo(exact, within(1e-12));
    assertThat(Wasserstein.line(y, x, 2)).isCloseTo(exact, within(1e-12));
    assertThat(KolmogorovSmirnov.distance(x, x)).isZero();
  }

  @Test
  void theAreaUnderTheCurveIsTheShareOfPairsInOrder() {
    double[] positive = {3, 1, 2, 2};
    double[] negative = {2, 0, 1};
    double pairs = 0;
    for (double p : positive) {
      for (double n : negative) {
        pairs += p > n ? 1 : p == n ? 0.5 : 0;
      }
    }
    assertThat(Roc.of(positive, negative).area()).isCloseTo(pairs / 12, within(1e-12));
    assertThat(Roc.of(negative, positive).area()).isCloseTo(1 - pairs / 12, within(1e-12));
    assertThat(Roc.of(new double[] {5, 5}, new double[] {5}).area()).isEqualTo(0.5);
  }

  @Test
  void equalDistributionsAreAtNoDistanceAndDisjointOnesAtTheLargest() {
    Histogram p = Histogram.of(1, 3, 0, 0);
    Histogram q = Histogram.of(0, 0, 2, 2);
    assertThat(p.kl(p)).isZero();
    assertThat(p.variation(q)).isEqualTo(1);
    assertThat(p.js(q)).isCloseTo(Math.log(2), within(1e-12));
    assertThat(Mauve.score(p, p)).isCloseTo(1, within(1e-12));
    assertThat(Mauve.score(p, q)).isLessThan(0.05);
    assertThat(Mauve.frontierIntegral(p, p)).isCloseTo(0, within(1e-12));
    assertThat(Mauve.frontierIntegral(p, q)).isCloseTo(1, within(1e-12));
  }

  @Test
  void effectiveNumbersCountWhatIsDifferent() {
    assertThat(Histogram.of(2, 2, 2).effectiveClasses()).isCloseTo(3, within(1e-12));
    assertThat(Vendi.score(Clouds.constant(5, 3, 2))).isCloseTo(1, within(1e-9));
    assertThat(Vendi.score(Points.of(new double[][] {{1, 0}, {0, 4}}))).isCloseTo(2, within(1e-9));
  }

  @Test
  void anImageIsWhollySimilarToItself() {
    double[][] image = new double[12][12];
    for (int i = 0; i < 144; i++) {
      image[i / 12][i % 12] = i * 37 % 251;
    }
    assertThat(Similarity.gaussian().of(image, image, 255)).isCloseTo(1, within(1e-12));
    assertThat(Similarity.peakSignalToNoise(image, image, 255)).isInfinite();
    assertThatThrownBy(() -> Similarity.gaussian().of(new double[3][3], new double[3][3], 255))
        .hasMessage("an image of 3 × 3; the window is 11 × 11");
  }

  @Test
  void equalTextsHaveTheBestScores() {
    List<String> texts = List.of("the cat sat on the mat", "a dog ran far away");
    assertThat(Bleu.CORPUS.corpus(texts, List.of(texts)).score()).isCloseTo(100, within(1e-9));
    assertThat(Chrf.CHRF.corpus(texts, List.of(texts))).isCloseTo(100, within(1e-9));
    assertThat(Ter.corpus(texts, List.of(texts))).isZero();
    assertThat(Edits.between(List.of(1, 2, 3), List.of(1, 2, 3))).isEqualTo(new Edits(0, 3, 3, 3));
    assertThat(Edits.between(List.of(), List.of(1))).isEqualTo(new Edits(1, 0, 0, 1));
  }

  @Test
  void whatCannotBeComputedIsRefusedWithItsReason() {
    assertThatThrownBy(() -> Wasserstein.exact(X, X.first(3), 1)).hasMessageContaining("6 and 3");
    assertThatThrownBy(() -> Wasserstein.line(new double[0], new double[1], 1))
        .hasMessageContaining("neither may be empty");
    assertThatThrownBy(() -> Histogram.of(0, 0)).hasMessageContaining("nor all 0");
    assertThatThrownBy(() -> Roc.of(new double[0], new double[1])).hasMessageContaining("both");
    assertThatThrownBy(() -> ClosestRecords.of(X, X.first(1))).hasMessageContaining("at least 2");
    assertThatThrownBy(() -> Diversity.selfBleu(List.of(List.of("a")), 2))
        .hasMessage("self-BLEU needs 2 texts, not 1");
    assertThatThrownBy(() -> Bleu.CORPUS.corpus(List.of("a"), List.of()))
        .hasMessage("no set of references");
  }
}
