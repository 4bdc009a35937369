package dev.assay.runner.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.runner.execute.Curves.Point;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PaceTest {
  private static final int BATCH = 8;

  /** Curves of updates of 2 ms, the first of them of 20 ms, shown as a training shows them. */
  private static List<Point> curves(int steps, int slow) {
    List<Point> points = new ArrayList<>();
    double seconds = 0;
    for (int step = 1; step <= steps; step++) {
      seconds += step <= slow ? 0.020 : 0.002;
      if (Curves.shows(step)) {
        points.add(new Point(step, (long) step * BATCH, seconds, "train.loss", 1));
        points.add(new Point(step, (long) step * BATCH, seconds, "train.kl", 1));
      }
    }
    return points;
  }

  @Test
  void warmUpIsSplitFromTheSteadyState() {
    Pace pace = Pace.of(curves(1000, 200)).orElseThrow();

    // Around step 1000 every 16th is shown: 62 blocks of 16 updates, 12.5 of them slow.
    assertThat(pace.seconds()).hasSize(62);
    assertThat(pace.seconds()[0]).isCloseTo(0.020 / BATCH, within(1e-12));
    assertThat(pace.state().reached()).isTrue();
    assertThat(pace.state().from()).isEqualTo(13);
    assertThat(pace.examplesPerSecond()).isCloseTo(BATCH / 0.002, within(1e-6));
    assertThat(pace.warmUp()).isCloseTo(200 * 0.020 + 8 * 0.002, within(1e-9));
  }

  @Test
  void aTrainingOfFewUpdatesHasNoPace() {
    assertThat(Pace.of(List.of())).isEmpty();
    assertThat(Pace.of(curves(19, 0))).isEmpty();
    assertThat(Pace.of(curves(20, 0))).isPresent();
  }
}
