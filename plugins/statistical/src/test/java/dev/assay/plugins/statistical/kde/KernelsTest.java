package dev.assay.plugins.statistical.kde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.plugins.statistical.Workers;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class KernelsTest {
  private static final float[] X = {
    1.189f, 0.945f, -0.544f, -0.72f, -0.485f, 0.203f, 1.084f, -1.24f, 0.834f, -0.013f, -0.752f,
    -0.92f
  };

  private final Workers workers = new Workers(1);

  @Test
  void densitiesOfSixPointsAreTheGoldenOnes() {
    float[] queries = {0.367f, -1.524f, -0.563f, 0.632f, 1.715f, 1.288f};
    double[] nats = new Kernels(X, 2, 0.5).nats(queries, workers);
    double[] expected = {3.1514123037042223, 2.561346254286276, 3.016317608763302};
    assertThat(nats).containsExactly(expected, within(1e-6));
  }

  @Test
  void leftOutOneByOneSixPointsHaveTheGoldenDensity() {
    double nats = new Kernels(X, 2, 0.5).leaveOneOut(6, workers).nats();
    assertThat(nats).isCloseTo(3.3993388153060855, within(1e-6));
  }

  @Test
  void stepsOfTheBandwidthEndWhereTheLeaveOneOutLikelihoodIsLargest() {
    double h = 1;
    for (int i = 0; i < 200; i++) {
      h = new Kernels(X, 2, h).leaveOneOut(6, workers).bandwidth();
    }
    double best = h;
    double here = new Kernels(X, 2, best).leaveOneOut(6, workers).nats();
    double[] factors = {0.3, 0.7, 0.99, 1.01, 1.4, 3};
    assertThat(Arrays.stream(factors))
        .allSatisfy(factor ->
            assertThat(new Kernels(X, 2, factor * best).leaveOneOut(6, workers).nats())
                .isGreaterThan(here));
  }
}
