package dev.assay.metrics.likelihood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DiscretizedLogisticTest {
  @Test
  void farTailsKeepTheirDigits() {
    // One component of scale s = exp(−4) at 0.6: level 0 ends at u = (−1 + 1/255 − 0.6)/s, where
    // ln σ(u) = u − ln(1 + exp u), and exp u is 2·10⁻³⁸.
    DiscretizedLogistic narrow =
        new DiscretizedLogistic(new double[] {1}, new double[] {0.6}, new double[] {-4});
    double u = (-1 + 1.0 / 255 - 0.6) * Math.exp(4);
    assertThat(narrow.logMass(0)).isCloseTo(u, within(1e-12));
    DiscretizedLogistic mirrored =
        new DiscretizedLogistic(new double[] {1}, new double[] {-0.6}, new double[] {-4});
    assertThat(mirrored.logMass(255)).isCloseTo(narrow.logMass(0), within(1e-12));
  }

  @Test
  void theMassesOfAllLevelsSumToOne() {
    DiscretizedLogistic mixture =
        new DiscretizedLogistic(
            new double[] {0.3, 0.7}, new double[] {-1.4, 0.2}, new double[] {-1, -6});
    double total = IntStream.range(0, 256).mapToDouble(v -> Math.exp(mixture.logMass(v))).sum();
    assertThat(total).isCloseTo(1, within(1e-12));
  }
}
