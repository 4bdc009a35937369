package dev.assay.plugins.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.nn.ParameterStore;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.testkit.Backends;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the first batch decides. */
final class StartTest {
  private static final int ROWS = 6;

  @Test
  void afterTheFirstBatchEachActNormOfAChainGivesZeroMeanAndUnitDeviation() {
    try (Backend backend = Backends.open(1)) {
      ParameterStore store = new ParameterStore(backend, RandomStream.root(1));
      ActNorm first = ActNorm.create(store.scope("first"), 2);
      InvertibleLinear mixed =
          InvertibleLinear.rotation(store.scope("mixed"), 2, RandomStream.root(2));
      ActNorm second = ActNorm.create(store.scope("second"), 2);
      Chain chain = new Chain(List.of(first, mixed, second));
      Tensor x = Tensor.input("x", DType.F32, Shape.of(ROWS, 2, 2));
      float[] data = new float[ROWS * 4];
      RandomStream random = RandomStream.root(3);
      for (int i = 0; i < data.length; i++) {
        data[i] = (float) (i % 2 == 0 ? 5 + 3 * random.nextGaussian() : random.nextGaussian());
      }
      Transform.Start start = chain.start(x, Condition.none());
      Graph starting = Graph.builder().assign(start.assigns()).output("z", start.value()).build();
      float[] promised = run(backend, starting, data, "z");
      Mapped normed = first.forward(x, Condition.none());
      Graph graph =
          Graph.builder()
              .output("first", normed.value())
              .output("z", chain.forward(x, Condition.none()).value())
              .build();
      standard(run(backend, graph, data, "first"));
      float[] z = run(backend, graph, data, "z");
      standard(z);
      assertThat(z).containsExactly(promised, within(1e-5f));
    }
  }

  private static float[] run(Backend backend, Graph graph, float[] data, String output) {
    try (Program program = backend.compile(graph)) {
      program.set("x", data);
      program.run();
      float[] out = new float[data.length];
      program.get(output, out);
      return out;
    }
  }

  private static void standard(float[] values) {
    for (int channel = 0; channel < 2; channel++) {
      double mean = 0;
      double square = 0;
      for (int i = channel; i < values.length; i += 2) {
        mean += values[i] * 2.0 / values.length;
        square += values[i] * values[i] * 2.0 / values.length;
      }
      assertThat(mean).as("mean of channel %d", channel).isCloseTo(0, within(1e-5));
      assertThat(square).as("mean square of channel %d", channel).isCloseTo(1, within(1e-4));
    }
  }
}
