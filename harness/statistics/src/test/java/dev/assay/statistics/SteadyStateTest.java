package dev.assay.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Series whose warm-up is known, since it was put there. */
final class SteadyStateTest {
  private static final int LENGTH = 80;

  private final Random random = new Random(1);

  /** Durations around a level for each place, with a deviation of 1 %. */
  private double[] series(java.util.function.IntToDoubleFunction level) {
    return IntStream.range(0, LENGTH)
        .mapToDouble(i -> level.applyAsDouble(i) * (1 + 0.01 * random.nextGaussian()))
        .toArray();
  }

  private SteadyState found(double[] series) {
    return SteadyState.of(series, random::nextInt);
  }

  @Test
  void whatWarmsUpIsSteadyFromThereOn() {
    SteadyState state = found(series(i -> i < 6 ? 10 : i < 20 ? 1.5 : 1));
    assertThat(state.reached()).isTrue();
    assertThat(state.from()).isBetween(19, 22);
  }

  @Test
  void whatNeverChangesIsSteadyFromTheStart() {
    assertThat(found(series(i -> 3))).isEqualTo(new SteadyState(0, true));
  }

  @Test
  void aDisturbanceAfterWhichTheLevelIsTheSameEndsNothing() {
    SteadyState state = found(series(i -> i < 10 ? 5 : i >= 40 && i < 50 ? 1.02 : 1));
    assertThat(state.reached()).isTrue();
    assertThat(state.from()).isBetween(9, 12);
  }

  @Test
  void whatChangesNearItsEndIsNotSteady() {
    SteadyState state = found(series(i -> i < 70 ? 1 : 2));
    assertThat(state).isEqualTo(new SteadyState(LENGTH / 2, false));
    assertThat(state.steady(new double[LENGTH])).hasSize(LENGTH / 2);
  }

  @Test
  void aSeriesTooShortToSplitIsTakenWhole() {
    assertThat(found(new double[] {4, 2, 1})).isEqualTo(new SteadyState(0, true));
  }
}
