package dev.assay.plugins.gan.wgan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.nn.Initializer;
import dev.assay.nn.Optimizer;
import dev.assay.nn.Parameter;
import dev.assay.nn.ParameterStore;
import dev.assay.nn.TrainStep;
import dev.assay.tensor.Backend;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.testkit.Backends;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ClippedTest {
  /** Plain descent on 3 w₁ − 2 w₂ + 0.1 w₃ at rate 0.1 from 0: to −0.3, 0.2, −0.01. */
  @Test
  void aWeightThatAStepTakesBeyondTheBoundEndsOnIt() {
    Optimizer plain =
        (parameters, gradients, rate) -> {
          Parameter w = parameters.getFirst();
          return Map.of(w.variable(), w.value().sub(gradients.getFirst().mul(rate)));
        };
    try (Backend backend = Backends.open(1)) {
      ParameterStore store = new ParameterStore(backend, RandomStream.root(1));
      Parameter w = store.parameter("w", Shape.of(3), Initializer.zeros());
      Tensor slopes = Tensor.constant(new float[] {3, -2, 0.1f}, Shape.of(3));
      TrainStep step =
          new TrainStep(w.value().mul(slopes).sum(), List.of(w), new Clipped(plain, 0.05));
      try (Program program = step.compile(backend)) {
        program.set(TrainStep.LEARNING_RATE, new float[] {0.1f});
        program.run();
      }
      float[] moved = new float[3];
      w.variable().read(moved);
      assertThat(moved).containsExactly(new float[] {-0.05f, 0.05f, -0.01f}, within(1e-7f));
    }
  }
}
