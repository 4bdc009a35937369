package dev.assay.plugins.statistical.bernoullimixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.plugins.statistical.Workers;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.testkit.MapStateStore;
import org.junit.jupiter.api.Test;

final class MixtureTest {
  private static final double[] WEIGHTS = {0.3, 0.7};

  /** By component and pixel. */
  private static final double[][] MEANS = {{0.9, 0.2, 0.6}, {0.1, 0.5, 0.8}};

  private static final float[] IMAGES = {1, 0, 1, 0, 0, 0, 1, 1, 1, 0, 1, 1};

  @Test
  void oneSweepIsWhatBishopsEquationsGive() {
    double smoothing = 0.5;
    Mixture mixture = mixture(smoothing);
    double[] nats = sweep(mixture, 1);

    double[][] responsibilities = new double[4][2];
    double[] totals = new double[2];
    for (int n = 0; n < 4; n++) {
      double likelihood = 0;
      for (int k = 0; k < 2; k++) {
        double joint = WEIGHTS[k];
        for (int i = 0; i < 3; i++) {
          joint *= IMAGES[3 * n + i] == 1 ? MEANS[k][i] : 1 - MEANS[k][i];
        }
        responsibilities[n][k] = joint;
        likelihood += joint;
      }
      assertThat(nats[n]).isCloseTo(-Math.log(likelihood), within(1e-12));
      for (int k = 0; k < 2; k++) {
        responsibilities[n][k] /= likelihood;
        totals[k] += responsibilities[n][k];
      }
    }
    MapStateStore after = new MapStateStore();
    mixture.save(after);
    double[] weights = after.doubles("weights", Shape.of(2));
    double[] means = after.doubles("means", Shape.of(3, 2));
    for (int k = 0; k < 2; k++) {
      assertThat(weights[k]).isCloseTo(totals[k] / 4, within(1e-12));
      for (int i = 0; i < 3; i++) {
        double bright = smoothing;
        for (int n = 0; n < 4; n++) {
          bright += responsibilities[n][k] * IMAGES[3 * n + i];
        }
        double expected = bright / (totals[k] + 2 * smoothing);
        assertThat(means[2 * i + k]).isCloseTo(expected, within(1e-12));
      }
    }
  }

  @Test
  void theNumberOfThreadsChangesNoBit() {
    RandomStream random = RandomStream.root(4);
    float[] data = new float[3000 * 20];
    for (int i = 0; i < data.length; i++) {
      data[i] = random.nextInt(3) == i % 3 ? 1 : 0;
    }
    MapStateStore one = swept(data, 1);
    for (int threads : new int[] {2, 4}) {
      assertThat(one.differences(swept(data, threads))).isEmpty();
    }
  }

  @Test
  void aGreyPixelIsRefused() {
    Mixture mixture = mixture(1);
    try (Workers workers = new Workers(1)) {
      assertThatThrownBy(() -> mixture.nats(new float[] {0, 0.5f, 1}, workers))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("0.5");
    }
  }

  private static MapStateStore swept(float[] data, int threads) {
    Mixture mixture = new Mixture(7, 20, 0.1);
    mixture.start(data, RandomStream.root(5));
    try (Workers workers = new Workers(threads)) {
      mixture.sweep(data, workers);
      mixture.sweep(data, workers);
    }
    MapStateStore state = new MapStateStore();
    mixture.save(state);
    return state;
  }

  private static double[] sweep(Mixture mixture, int threads) {
    try (Workers workers = new Workers(threads)) {
      return mixture.sweep(IMAGES, workers);
    }
  }

  private static Mixture mixture(double smoothing) {
    MapStateStore state = new MapStateStore();
    state.putDoubles("weights", Shape.of(2), WEIGHTS);
    double[] means = new double[6];
    for (int k = 0; k < 2; k++) {
      for (int i = 0; i < 3; i++) {
        means[2 * i + k] = MEANS[k][i];
      }
    }
    state.putDoubles("means", Shape.of(3, 2), means);
    Mixture mixture = new Mixture(2, 3, smoothing);
    mixture.restore(state);
    return mixture;
  }
}
