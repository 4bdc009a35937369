package dev.assay.plugins.recurrent.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.nn.Dropout;
import dev.assay.nn.Linear;
import dev.assay.nn.Parameter;
import dev.assay.nn.ParameterStore;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.testkit.Backends;
import dev.assay.testkit.GradientCheck;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CellTest {
  private static final int TIME = 4;
  private static final int BATCH = 2;
  private static final int IN = 3;
  private static final int WIDTH = 5;

  private final Backend backend = Backends.open(1);
  private final ParameterStore store = new ParameterStore(backend, RandomStream.root(1));

  @AfterEach
  void close() {
    backend.close();
  }

  private static float[] noise(String name, int size) {
    RandomStream random = RandomStream.root(2).child(name);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private float[] value(Tensor y) {
    try (Program program = backend.compile(Graph.builder().output("y", y).build())) {
      program.run();
      float[] values = new float[y.shape().size()];
      program.get("y", values);
      return values;
    }
  }

  /** Weights far from where they begin, biases too. */
  private Stack stack(Cell.Kind kind, int layers) {
    Stack stack = Stack.create(store, kind, layers, IN, WIDTH);
    for (Parameter parameter : store.parameters()) {
      parameter.variable().write(noise(parameter.name(), parameter.shape().size()));
    }
    return stack;
  }

  @ParameterizedTest
  @EnumSource
  void stepsFollowTheEquations(Cell.Kind kind) {
    Stack stack = stack(kind, 1);
    float[] x = noise("x", TIME * BATCH * IN);
    Tensor input = Tensor.constant(x, Shape.of(TIME, BATCH, IN));
    float[] got = value(stack.unroll(input, stack.zeros(BATCH), Dropout.none()).outputs());
    for (int b = 0; b < BATCH; b++) {
      double[] h = new double[WIDTH];
      double[] c = new double[WIDTH];
      for (int t = 0; t < TIME; t++) {
        double[] now = new double[IN];
        for (int i = 0; i < IN; i++) {
          now[i] = x[(t * BATCH + b) * IN + i];
        }
        step(stack.cells().getFirst(), now, h, c);
        for (int j = 0; j < WIDTH; j++) {
          assertThat((double) got[(t * BATCH + b) * WIDTH + j])
              .as("%s: row %d, step %d, number %d", kind, b, t, j)
              .isCloseTo(h[j], within(1e-5));
        }
      }
    }
  }

  /** One step in double precision, in place, gate by gate. */
  private static void step(Cell cell, double[] x, double[] h, double[] c) {
    double[] before = h.clone();
    for (int j = 0; j < WIDTH; j++) {
      switch (cell) {
        case ElmanCell(Linear input, Linear recurrent) ->
            h[j] = Math.tanh(gate(input, x, j) + gate(recurrent, before, j));
        case GruCell(Linear input, Linear recurrent) -> {
          double r = sigmoid(gate(input, x, j) + gate(recurrent, before, j));
          double z = sigmoid(gate(input, x, WIDTH + j) + gate(recurrent, before, WIDTH + j));
          double n =
              Math.tanh(gate(input, x, 2 * WIDTH + j) + r * gate(recurrent, before, 2 * WIDTH + j));
          h[j] = (1 - z) * n + z * before[j];
        }
        case LstmCell(Linear input, Linear recurrent) -> {
          double i = sigmoid(gate(input, x, j) + gate(recurrent, before, j));
          double f = sigmoid(gate(input, x, WIDTH + j) + gate(recurrent, before, WIDTH + j));
          double g =
              Math.tanh(gate(input, x, 2 * WIDTH + j) + gate(recurrent, before, 2 * WIDTH + j));
          double o =
              sigmoid(gate(input, x, 3 * WIDTH + j) + gate(recurrent, before, 3 * WIDTH + j));
          c[j] = f * c[j] + i * g;
          h[j] = o * Math.tanh(c[j]);
        }
      }
    }
  }

  private static double gate(Linear linear, double[] x, int column) {
    float[] weight = read(linear.weight());
    Parameter bias = linear.bias();
    double sum = bias == null ? 0 : read(bias)[column];
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * weight[i * linear.out() + column];
    }
    return sum;
  }

  private static float[] read(Parameter parameter) {
    float[] values = new float[parameter.shape().size()];
    parameter.variable().read(values);
    return values;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  @ParameterizedTest
  @EnumSource
  void gradientsThroughTimeAndLayersAreDifferenceQuotients(Cell.Kind kind) {
    Stack stack = stack(kind, 2);
    Tensor input = Tensor.constant(noise("x", 3 * BATCH * IN), Shape.of(3, BATCH, IN));
    Tensor outputs = stack.unroll(input, stack.zeros(BATCH), Dropout.none()).outputs();
    GradientCheck.on(backend)
        .tolerance(0.02)
        .variables(
            outputs
                .mul(Tensor.constant(noise("w", outputs.shape().size()), outputs.shape()))
                .mean(),
            store.parameters().stream().map(Parameter::variable).toList(),
            _ -> {});
  }

  @Test
  void theForgetGateBeginsOpen() {
    LstmCell cell = (LstmCell) Cell.Kind.LSTM.create(store, IN, 2);
    assertThat(read(Objects.requireNonNull(cell.input().bias())))
        .containsExactly(0, 0, 1, 1, 0, 0, 0, 0);
  }

  @ParameterizedTest
  @EnumSource
  void statesCarriedOnGiveWhatOneLongSequenceGives(Cell.Kind kind) {
    Stack stack = stack(kind, 2);
    float[] x = noise("x", 2 * TIME * BATCH * IN);
    Tensor whole = Tensor.constant(x, Shape.of(2 * TIME, BATCH, IN));
    float[] expected = value(stack.unroll(whole, stack.zeros(BATCH), Dropout.none()).outputs());
    Stack.Kept kept = stack.scratch(backend, "kept", BATCH);
    Tensor part = Tensor.input("part", DType.F32, Shape.of(TIME, BATCH, IN));
    Stack.Unrolled unrolled = stack.unroll(part, kept.read(), Dropout.none());
    Graph graph =
        Graph.builder()
            .output("y", unrolled.outputs())
            .assign(kept.assign(unrolled.states()))
            .build();
    try (Program program = backend.compile(graph)) {
      for (int half = 0; half < 2; half++) {
        int size = x.length / 2;
        program.set("part", Arrays.copyOfRange(x, half * size, (half + 1) * size));
        program.run();
        float[] y = new float[expected.length / 2];
        program.get("y", y);
        assertThat(y)
            .containsExactly(
                Arrays.copyOfRange(expected, half * y.length, (half + 1) * y.length),
                within(1e-5f));
      }
    }
  }
}
