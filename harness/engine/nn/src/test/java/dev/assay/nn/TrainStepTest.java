package dev.assay.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.tensor.Program;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainStepTest {
  private static final Tensor G1 = Tensor.constant(new float[] {3, 0, -4}, Shape.of(3));
  private static final Tensor G2 = Tensor.constant(new float[] {12}, Shape.of(1));

  @Test
  void aLongGradientIsScaledToTheNormAndKeepsItsDirection() {
    try (Run run = new Run()) {
      // ‖(3, 0, −4, 12)‖ = 13
      Clip.ByNorm clipped = Clip.norm(List.of(G1, G2), 6.5);
      assertThat(run.value(clipped.norm())).containsExactly(13);
      assertThat(run.value(clipped.gradients().get(0)))
          .containsExactly(new float[] {1.5f, 0, -2}, within(1e-6f));
      assertThat(run.value(clipped.gradients().get(1)))
          .containsExactly(new float[] {6}, within(1e-6f));
    }
  }

  @Test
  void aShortGradientIsLeftAloneAndAZeroOneStaysFinite() {
    try (Run run = new Run()) {
      assertThat(run.value(Clip.norm(List.of(G1), 5.1).gradients().get(0)))
          .containsExactly(3, 0, -4);
      assertThat(run.value(Clip.norm(List.of(Tensor.fill(0, Shape.of(2))), 1).gradients().get(0)))
          .containsExactly(0, 0);
    }
  }

  @Test
  void clippingByValueBoundsEachElement() {
    try (Run run = new Run()) {
      assertThat(run.value(Clip.value(List.of(G1), 3.5).get(0))).containsExactly(3, 0, -3.5f);
    }
  }

  @Test
  void averagesFollowTheParametersGeometricallyAndReadInPlaceOfThem() {
    try (Run run = new Run()) {
      Parameter theta = run.store.parameter("theta", Shape.of(1), Initializer.constant(8));
      Ema ema = new Ema(run.store.scope("ema"), run.store.parameters(), 0.75);
      Tensor loss = theta.value().sum();
      Tensor twice = theta.value().mul(2).sum();
      try (Program program =
          new TrainStep(loss, run.store.parameters(), Sgd.plain(run.store.scope("sgd")))
              .average(ema)
              .output("twice", twice)
              .output("averaged", ema.averaged(twice))
              .compile(run.backend)) {
        program.set(TrainStep.LEARNING_RATE, new float[] {1});
        // θ goes 8, 7, 6, 5; the average 8, ¾·8 + ¼·7 = 7.75, ¾·7.75 + ¼·6 = 7.3125
        double[] parameters = {8, 7, 6};
        double[] averages = {8, 7.75, 7.3125};
        for (int t = 0; t < 3; t++) {
          program.run();
          assertThat(program.scalar("twice")).isEqualTo((float) (2 * parameters[t]));
          assertThat(program.scalar("averaged")).isEqualTo((float) (2 * averages[t]));
          assertThat(program.scalar(TrainStep.LOSS)).isEqualTo((float) parameters[t]);
        }
      }
    }
  }

  @Test
  void averagesThatWarmUpSoonForgetTheInitialValues() {
    try (Run run = new Run()) {
      Parameter theta = run.store.parameter("theta", Shape.of(1), Initializer.constant(8));
      Ema ema = Ema.warmedUp(run.store.scope("ema"), run.store.parameters(), 0.2);
      Tensor value = theta.value().sum();
      try (Program program =
          new TrainStep(value, run.store.parameters(), Sgd.plain(run.store.scope("sgd")))
              .average(ema)
              .output("averaged", ema.averaged(value))
              .compile(run.backend)) {
        program.set(TrainStep.LEARNING_RATE, new float[] {1});
        // δ = 1/10, 2/11, then min(0.2, 3/12): 8, 0.8 + 6.3, (14.2 + 54) / 11, 1.24 + 4
        for (double average : new double[] {8, 7.1, 6.2, 5.24}) {
          program.run();
          assertThat((double) program.scalar("averaged")).isCloseTo(average, within(1e-5));
        }
      }
    }
  }

  @Test
  void oneProgramClipsUpdatesAndAssigns() {
    try (Run run = new Run()) {
      Parameter theta = run.store.parameter("theta", Shape.of(2), Initializer.constant(1));
      Variable seen = run.store.buffer("seen", Shape.SCALAR, 0);
      Tensor x = Run.input("x", 2);
      try (Program program =
          new TrainStep(theta.value().mul(x).sum(), run.store.parameters(), Sgd.plain(run.store))
              .clip(1)
              .assign(Map.of(seen, seen.tensor().add(1)))
              .compile(run.backend)) {
        program.set("x", new float[] {30, 40});
        program.set(TrainStep.LEARNING_RATE, new float[] {0.5f});
        program.run();
        assertThat(program.scalar(TrainStep.LOSS)).isEqualTo(70);
        assertThat(program.scalar(TrainStep.GRADIENT_NORM)).isEqualTo(50);
        assertThat(Run.read(theta.variable()))
            .containsExactly(new float[] {0.7f, 0.6f}, within(1e-6f));
        assertThat(Run.read(seen)).containsExactly(1);
      }
    }
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    try (Run run = new Run()) {
      assertThatThrownBy(() -> new Ema(run.store, List.of(), 1)).hasMessageContaining("1.0");
      TrainStep step = new TrainStep(Tensor.scalar(0), List.of(), Sgd.plain(run.store));
      assertThatThrownBy(() -> step.clip(0)).hasMessageContaining("0.0");
    }
  }
}
