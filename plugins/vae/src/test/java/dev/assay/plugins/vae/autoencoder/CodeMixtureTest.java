package dev.assay.plugins.vae.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.tensor.RandomStream;
import org.junit.jupiter.api.Test;

final class CodeMixtureTest {
  /** Two clusters in the plane: a third of the points about (4, 0), the others about (−2, 1). */
  private static float[] codes(int n, RandomStream random) {
    float[] codes = new float[2 * n];
    for (int i = 0; i < n; i++) {
      boolean first = random.nextInt(3) == 0;
      codes[2 * i] = (float) ((first ? 4 : -2) + 0.5 * random.nextGaussian());
      codes[2 * i + 1] = (float) ((first ? 0 : 1) + 0.2 * random.nextGaussian());
    }
    return codes;
  }

  @Test
  void drawsHaveTheMomentsOfTheClustersThatWereSeen() {
    CodeMixture mixture = new CodeMixture(5, 2);
    for (int step = 0; step < 400; step++) {
      RandomStream random = RandomStream.root(1).child(step);
      mixture.step(codes(64, random), random.child("beginnings"));
    }
    int n = 20_000;
    float[] drawn = new float[2 * n];
    int right = 0;
    double meanRight = 0;
    double squareRight = 0;
    for (int i = 0; i < n; i++) {
      mixture.draw(RandomStream.root(2).child(i), 1, drawn, 2 * i);
      if (drawn[2 * i] > 1) {
        right++;
        meanRight += drawn[2 * i];
        squareRight += (drawn[2 * i] - 4) * (drawn[2 * i] - 4);
      }
    }
    // The averages hold about fifty batches of 64: 1000 points of the smaller cluster.
    assertThat(right / (double) n).isCloseTo(1 / 3.0, within(0.05));
    assertThat(meanRight / right).isCloseTo(4, within(0.1));
    assertThat(Math.sqrt(squareRight / right)).isCloseTo(0.5, within(0.08));
  }
}
