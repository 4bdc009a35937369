package dev.assay.plugins.statistical.chowliu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.plugins.statistical.Workers;
import dev.assay.tensor.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class TreeTest {
  private static final int PIXELS = 4;

  /** Images of a chain 0 → 2 → 1 → 3: each pixel is its parent's, one time in five another. */
  private static float[] chain(int images) {
    RandomStream random = RandomStream.root(3);
    int[] order = {0, 2, 1, 3};
    float[] data = new float[images * PIXELS];
    for (int image = 0; image < images; image++) {
      int last = random.nextInt(3);
      for (int pixel : order) {
        last = random.nextInt(5) == 0 ? random.nextInt(3) : last;
        data[image * PIXELS + pixel] = last;
      }
    }
    return data;
  }

  private static Tree fitted() {
    PairCounts counts = PairCounts.of(chain(4000), PIXELS, 3, 1);
    return Tree.spanning(counts, counts.information(new Workers(2)));
  }

  @Test
  void theTreeOfAChainIsTheChain() {
    assertThat(fitted().parents()).containsExactly(-1, 2, 0, 1);
  }

  @Test
  void theInformationOfTwoPixelsIsThatOfTheirTable() {
    // 3 images of (0, 0) and 1 of (1, 1), smoothed by 4: masses 4/8, 1/8, 1/8, 2/8.
    PairCounts counts = PairCounts.of(new float[] {0, 0, 0, 0, 0, 0, 1, 1}, 2, 2, 4);
    assertThat(counts.joint(0, 1)).containsExactly(0.5, 0.125, 0.125, 0.25);
    double expected =
        0.5 * Math.log(0.5 / (0.625 * 0.625))
            + 0.25 * Math.log(0.125 / (0.625 * 0.375))
            + 0.25 * Math.log(0.25 / (0.375 * 0.375));
    assertThat(counts.information(new Workers(1))[1][0]).isCloseTo(expected, within(1e-12));
  }

  @Test
  void completionsOccurAsOftenAsBayesRuleSays() {
    Tree tree = fitted();
    boolean[] known = {false, true, false, false};
    double[] weights = new double[27];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.exp(-tree.nats(new float[] {i / 9, 2, i / 3 % 3, i % 3}, 0));
    }
    double total = Arrays.stream(weights).sum();
    int draws = 20_000;
    int[] counts = new int[27];
    for (int i = 0; i < draws; i++) {
      float[] x = {Float.NaN, 2, Float.NaN, Float.NaN};
      tree.complete(x, known, 0, RandomStream.root(4).child(i));
      counts[(int) (9 * x[0] + 3 * x[2] + x[3])]++;
    }
    for (int i = 0; i < weights.length; i++) {
      double p = weights[i] / total;
      assertThat(counts[i] / (double) draws)
          .isCloseTo(p, within(4.5 * Math.sqrt(p * (1 - p) / draws) + 1e-4));
    }
  }
}
