package dev.assay.jcuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jcuda.emulator.EmulatedDriver;
import dev.assay.jcuda.lower.Precision;
import dev.assay.nn.Activation;
import dev.assay.nn.Adam;
import dev.assay.nn.Embedding;
import dev.assay.nn.Initializer;
import dev.assay.nn.LayerNorm;
import dev.assay.nn.Linear;
import dev.assay.nn.MultiHeadAttention;
import dev.assay.nn.ParameterStore;
import dev.assay.nn.TrainStep;
import dev.assay.tensor.DType;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;
import dev.assay.tensor.Variable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** How many launches a training step is. */
final class LaunchesTest {
  private static final Pattern LAUNCHES = Pattern.compile("(\\d+) launches");
  private static final Initializer WEIGHT = Initializer.normal(0.02);
  private static final int WIDTH = 16;
  private static final int WORDS = 11;

  /** A training step over a store's parameters. */
  @FunctionalInterface
  private interface Step {
    Graph graph(ParameterStore store);
  }

  private static String explain(Step step) {
    try (JcudaBackend backend = new JcudaBackend(new EmulatedDriver(80, 1 << 28), Precision.FP32)) {
      ParameterStore store = new ParameterStore(backend, RandomStream.root(1));
      try (Program program = backend.compile(step.graph(store))) {
        return program.explain();
      }
    }
  }

  private static int launches(Step step) {
    return launches(explain(step));
  }

  private static int launches(String plan) {
    Matcher matcher = LAUNCHES.matcher(plan);
    assertThat(matcher.find()).isTrue();
    return Integer.parseInt(matcher.group(1));
  }

  private static Graph train(ParameterStore store, Tensor logits, Shape window) {
    Tensor targets = Tensor.input("targets", DType.I32, window);
    Tensor loss = Tensors.crossEntropy(logits, targets).mean();
    return new TrainStep(loss, store.parameters(), Adam.decoupled(store, 0.9, 0.99, 0.1))
        .clip(1)
        .build();
  }

  /** As GPT-2: Radford et al. 2019. */
  private static Graph gpt(ParameterStore store, int layers) {
    Shape window = Shape.of(2, 8);
    Embedding tokens = Embedding.create(store.scope("tokens"), WORDS, WIDTH, WEIGHT);
    Embedding places = Embedding.create(store.scope("places"), 8, WIDTH, WEIGHT);
    Tensor x = tokens.apply(Tensor.input("tokens", DType.I32, window)).add(places.table().value());
    for (int i = 0; i < layers; i++) {
      ParameterStore block = store.scope("blocks").scope(i);
      LayerNorm first = LayerNorm.create(block.scope("first"), WIDTH, true);
      LayerNorm second = LayerNorm.create(block.scope("second"), WIDTH, true);
      MultiHeadAttention attention =
          MultiHeadAttention.create(block.scope("attention"), WIDTH, 2, 2, true, WEIGHT, WEIGHT);
      Linear up = Linear.create(block.scope("up"), WIDTH, 4 * WIDTH, WEIGHT, WEIGHT);
      Linear down = Linear.create(block.scope("down"), 4 * WIDTH, WIDTH, WEIGHT, WEIGHT);
      x = x.add(attention.apply(first.apply(x), null, true));
      x = x.add(down.apply(Activation.GELU.apply(up.apply(second.apply(x)))));
    }
    return train(store, tokens.logits(x), window);
  }

  /** 40 for each block, and 12 beside them, one of which updates all parameters. */
  @Test
  void aStepOfGptUpdatesAllParametersInOneLaunch() {
    assertThat(launches(store -> gpt(store, 1))).isEqualTo(52);
    assertThat(launches(store -> gpt(store, 3))).isEqualTo(132);
  }

  /** θ ← θ − g / 2 of tensors from 28 to 16392 elements, some in vectors and some not. */
  @Test
  void aHundredUpdatesAreOneLaunchAndEachFindsItsTensor() {
    int count = 100;
    Map<Variable, Tensor> updates = new LinkedHashMap<>();
    try (JcudaBackend backend = new JcudaBackend(new EmulatedDriver(75, 1 << 28), Precision.FP32)) {
      List<Variable> variables = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int size = i < 3 ? 16_384 + 4 * i : i == 3 ? 16_385 : 7 * i;
        Variable variable = backend.variable("p" + i, DType.F32, Shape.of(size));
        float[] values = new float[size];
        for (int at = 0; at < size; at++) {
          values[at] = at;
        }
        variable.write(values);
        variables.add(variable);
        Tensor g = Tensor.input("g" + i, DType.F32, Shape.of(size));
        updates.put(variable, variable.tensor().sub(g.mul(0.5f)));
      }
      try (Program program = backend.compile(Graph.builder().assign(updates).build())) {
        assertThat(program.explain()).contains("GFLOP, 1 launches");
        for (int i = 0; i < count; i++) {
          float[] g = new float[variables.get(i).shape().size()];
          Arrays.fill(g, 2 * i);
          program.set("g" + i, g);
        }
        program.run();
      }
      for (int i = 0; i < count; i++) {
        float[] values = new float[variables.get(i).shape().size()];
        variables.get(i).read(values);
        for (int at = 0; at < values.length; at++) {
          assertThat(values[at]).isEqualTo(at - i);
        }
      }
    }
  }

  private static Graph recurrent(ParameterStore store, int length, int gates) {
    Shape window = Shape.of(length, 3);
    Embedding table = Embedding.create(store.scope("tokens"), WORDS, WIDTH, WEIGHT);
    Linear input = Linear.create(store.scope("input"), WIDTH, gates * WIDTH, WEIGHT, WEIGHT);
    Linear back = Linear.create(store.scope("back"), WIDTH, gates * WIDTH, WEIGHT, WEIGHT);
    Tensor drive = input.apply(table.apply(Tensor.input("tokens", DType.I32, window)));
    Tensor h = Tensor.fill(0.1f, Shape.of(3, WIDTH));
    Tensor c = Tensor.fill(0.2f, Shape.of(3, WIDTH));
    List<Tensor> outputs = new ArrayList<>();
    for (int t = 0; t < length; t++) {
      List<Tensor> x = drive.slice(0, t, 1).reshape(3, gates * WIDTH).split(1, gates);
      List<Tensor> s = back.apply(h).split(1, gates);
      if (gates == 4) {
        Tensor kept = x.get(1).add(s.get(1)).sigmoid().mul(c);
        Tensor in = x.get(0).add(s.get(0)).sigmoid();
        c = kept.add(in.mul(x.get(2).add(s.get(2)).tanh()));
        h = x.get(3).add(s.get(3)).sigmoid().mul(c.tanh());
      } else {
        Tensor r = x.get(0).add(s.get(0)).sigmoid();
        Tensor z = x.get(1).add(s.get(1)).sigmoid();
        Tensor n = x.get(2).add(r.mul(s.get(2))).tanh();
        h = n.add(z.mul(h.sub(n)));
      }
      outputs.add(h.reshape(1, 3, WIDTH));
    }
    Tensor logits =
        Linear.create(store.scope("head"), WIDTH, WORDS).apply(Tensor.concat(0, outputs));
    return train(store, logits, window);
  }

  @Test
  void aCellIsOneLaunchBesideItsProductInEachDirection() {
    for (int gates : new int[] {3, 4}) {
      String few = explain(store -> recurrent(store, 5, gates));
      String more = explain(store -> recurrent(store, 6, gates));
      // forwards the recurrent product and the cell; backwards the product with the cell's adjoint
      // in it, a copy to where the input's adjoint is gathered, one of states, a sum for the bias
      assertThat(launches(more) - launches(few)).isEqualTo(6);
      assertThat(count("TANH", more)).isEqualTo(6);
      assertThat(count("MatMulTile", more) - count("MatMulTile", few)).isEqualTo(1);
    }
  }

  /** Kernels of a plan that name something. */
  private static long count(String what, String plan) {
    return plan.lines().filter(line -> line.contains(what)).count();
  }
}
