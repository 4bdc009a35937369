package dev.assay.plugins.statistical;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.testkit.MapStateStore;
import org.junit.jupiter.api.Test;

final class ConvergenceTest {
  @Test
  void fiveSweepsWithoutEnoughGainEndTheFit() {
    Convergence convergence = new Convergence(0.1);
    assertThat(convergence.reached(10)).isFalse();
    assertThat(convergence.reached(9)).isFalse();
    double[] noisy = {9.3, 8.95, 9.1, 8.96};
    for (double loss : noisy) {
      assertThat(convergence.reached(loss)).isFalse();
    }
    assertThat(convergence.reached(9.2)).isTrue();
  }

  @Test
  void aGainStartsTheWaitAnewAlsoAfterARestore() {
    Convergence convergence = new Convergence(0);
    for (double loss : new double[] {5, 5, 5, 5, 4, 4, 4, 4, 4}) {
      assertThat(convergence.reached(loss)).isFalse();
    }
    MapStateStore store = new MapStateStore();
    convergence.save(store);
    Convergence restored = new Convergence(0);
    restored.restore(store);
    assertThat(restored.reached(4)).isTrue();
    assertThat(convergence.reached(3)).isFalse();
  }
}
