package dev.assay.plugins.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.nn.Dropout;
import dev.assay.nn.Parameter;
import dev.assay.nn.ParameterStore;
import dev.assay.spi.Fit;
import dev.assay.spi.Modality;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Gradients;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.testkit.Backends;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class DenoiserTest {
  private static final int CLASSES = 3;

  static Stream<Arguments> networks() {
    return Stream.of(
        Arguments.of(architecture(List.of(1), 1), Shape.of(6)),
        Arguments.of(architecture(List.of(1), 1), Shape.of(3, 4, 1)),
        Arguments.of(architecture(List.of(1, 2), 2), Shape.of(5, 2, 2)),
        Arguments.of(architecture(List.of(1, 2, 2), 1), Shape.of(7, 6, 1)),
        Arguments.of(architecture(List.of(2, 1, 3), 1), Shape.of(1, 1, 3)),
        Arguments.of(architecture(List.of(1, 2), 1, 2), Shape.of(4, 6, 2)));
  }

  private static Architecture architecture(List<Integer> multipliers, int blocks) {
    return architecture(multipliers, blocks, 1);
  }

  private static Architecture architecture(List<Integer> multipliers, int blocks, int patch) {
    return new Architecture(Architecture.Network.AUTO, 6, 2, 4, multipliers, blocks, patch, 0);
  }

  @Test
  void squaresOfPixelsBecomeOneAndComeBack() {
    Patches patches = new Patches(Shape.of(2, 4, 1), 2);
    Tensor x = Tensor.iota(Shape.of(1, 8), 1).toFloat();
    Tensor folded = patches.fold(x);
    Graph graph =
        Graph.builder().output("folded", folded).output("back", patches.unfold(folded)).build();
    try (Backend backend = Backends.open(1);
        Program program = backend.compile(graph)) {
      program.run();
      float[] values = new float[8];
      program.get("folded", values);
      assertThat(values).containsExactly(0, 1, 4, 5, 2, 3, 6, 7);
      program.get("back", values);
      assertThat(values).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    }
    assertThat(architecture(List.of(1), 1, 3).fit(new Modality.Image(28, 27, 1, 256), Fit.raw()))
        .isEqualTo(Fit.no("'patch' is 3, but must divide height and width, 28 and 27"));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void eachRowIsToldItsTimeAndLabelAndSeesNoOther(Architecture architecture, Shape item) {
    try (Trial trial = new Trial(architecture, item)) {
      float[] base = trial.run(0.3f, 500, 1);
      assertThat(base).hasSize(2 * item.size());
      assertDiffers(base, trial.run(0.3f, 400, 1), item.size());
      assertDiffers(base, trial.run(0.3f, 500, 2), item.size());
      assertDiffers(base, trial.run(0.3f, 500, Denoiser.NO_LABEL), item.size());
      assertDiffers(base, trial.run(0.4f, 500, 1), item.size());
    }
  }

  /** The first row changed, the second not. */
  private static void assertDiffers(float[] base, float[] other, int width) {
    double first = 0;
    for (int i = 0; i < width; i++) {
      first += Math.abs(base[i] - other[i]);
      assertThat(other[width + i]).isCloseTo(base[width + i], within(1e-5f));
    }
    assertThat(first).isGreaterThan(1e-5);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void everyParameterIsTrained(Architecture architecture, Shape item) {
    try (Trial trial = new Trial(architecture, item)) {
      List<Parameter> parameters = trial.store.parameters();
      List<Tensor> gradients =
          Gradients.of(
              trial.output.square().sum(), parameters.stream().map(Parameter::value).toList());
      Graph.Builder graph = Graph.builder();
      for (int i = 0; i < gradients.size(); i++) {
        graph.output(parameters.get(i).name(), gradients.get(i).abs().sum());
      }
      try (Program program = trial.backend.compile(graph.build())) {
        trial.set(program, 0.3f, 500, 1);
        for (Parameter parameter : parameters) {
          // A bias before a norm of its channel alone, and attention to one pixel, have none.
          boolean none = item.size() == 3 && parameter.name().contains("qkv");
          assertThat(none || program.scalar(parameter.name()) > 0).as(parameter.name()).isTrue();
        }
      }
    }
  }

  @Test
  void timesAreToldBySinusoids() {
    Tensor t = Tensor.constant(new float[] {0, 250}, Shape.of(2));
    try (Backend backend = Backends.open(1);
        Program program =
            backend.compile(Graph.builder().output("y", Conditioning.sinusoids(t, 4)).build())) {
      program.run();
      float[] y = new float[8];
      program.get("y", y);
      // ω = 1 and 1/100
      assertThat(y)
          .containsExactly(
              new float[] {
                0,
                0,
                1,
                1,
                (float) Math.sin(250),
                (float) Math.sin(2.5),
                (float) Math.cos(250),
                (float) Math.cos(2.5)
              },
              within(1e-4f));
    }
  }

  /** A network of two rows whose weights are all random. */
  private static final class Trial implements AutoCloseable {
    final Backend backend = Backends.open(1);
    final ParameterStore store = new ParameterStore(backend, RandomStream.root(1));
    final Tensor output;
    private final Shape item;
    private final Program program;

    Trial(Architecture architecture, Shape item) {
      this.item = item;
      Denoiser network = architecture.create(store, item, CLASSES);
      RandomStream random = RandomStream.root(2);
      for (Parameter parameter : store.parameters()) {
        float[] values = new float[parameter.shape().size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) (0.3 * random.nextGaussian());
        }
        parameter.variable().write(values);
      }
      output =
          network.apply(
              Tensor.input("x", DType.F32, Shape.of(2, item.size())),
              Tensor.input("time", DType.F32, Shape.of(2)),
              Tensor.input("labels", DType.I32, Shape.of(2)),
              Dropout.none());
      program = backend.compile(Graph.builder().output("y", output).build());
    }

    float[] run(float shift, float time, int label) {
      set(program, shift, time, label);
      float[] y = new float[2 * item.size()];
      program.get("y", y);
      return y;
    }

    /** Sets the first row as given, the second always the same, and runs. */
    void set(Program of, float shift, float time, int label) {
      float[] x = new float[2 * item.size()];
      for (int i = 0; i < x.length; i++) {
        x[i] = (float) Math.sin(3 * i) + (i == 0 ? shift : 0);
      }
      of.set("x", x);
      of.set("time", new float[] {time, 700});
      of.set("labels", new int[] {label, 0});
      of.run();
    }

    @Override
    public void close() {
      program.close();
      backend.close();
    }
  }
}
