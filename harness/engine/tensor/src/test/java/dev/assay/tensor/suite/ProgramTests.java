package dev.assay.tensor.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.tensor.DType;
import dev.assay.tensor.Draws;
import dev.assay.tensor.Flops;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Op.Window;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;
import dev.assay.tensor.Variable;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Programs: outputs, assignments, replays, errors. */
interface ProgramTests extends BackendTests {
  @Test
  default void outputsMayBeInputsConstantsViewsAndEachOther() {
    check(
        "outputs",
        Tolerance.EXACT,
        made -> {
          Tensor x = made.normal(5, 7);
          Variable v = made.variable(5, 7);
          Tensor y = x.add(v.tensor());
          made.out(
              x, x, v.tensor(), made.constant(3), Tensor.scalar(4), Tensor.fill(2, Shape.of(3)));
          made.out(x.reshape(7, 5), v.tensor().transpose(0, 1), x.slice(0, 1, 2), x.detach());
          made.out(y, y, y.reshape(35), y.neg(), y.slice(1, 2, 3), y.flip(0), x.flip(1));
          made.out(made.indices(0, 9, 4), x.slice(0, 2, 0));
        });
  }

  @Test
  default void variablesThatExchangeTheirValues() {
    check(
        "exchange",
        Tolerance.EXACT,
        made -> {
          Variable a = made.variable(65);
          Variable b = made.variable(65);
          Variable c = made.variable(65);
          made.assign(a, b.tensor());
          made.assign(b, c.tensor());
          made.assign(c, a.tensor());
          made.out(a.tensor(), b.tensor().add(a.tensor()));
        });
    check(
        "exchange under arithmetic",
        Tolerance.ulps(2),
        made -> {
          Variable a = made.variable(13, 5);
          Variable b = made.variable(13, 5);
          made.assign(a, a.tensor().add(b.tensor()));
          made.assign(b, a.tensor().sub(b.tensor()).mul(0.5f));
          made.out(a.tensor().mul(b.tensor()));
        });
  }

  @Test
  default void variablesAssignedMovedElementsOfThemselves() {
    check(
        "moved",
        made -> {
          Variable a = made.variable(6, 6);
          Variable b = made.variable(65);
          Variable c = made.variable(5, 8);
          Variable d = made.variable(7, 3);
          made.assign(a, a.tensor().transpose(0, 1).add(1));
          made.assign(b, Tensor.concat(0, b.tensor().slice(0, 1, 64), made.normal(1)));
          made.assign(c, c.tensor().flip(1).add(c.tensor()).mul(0.5f));
          made.assign(d, d.tensor().sub(d.tensor().meanKeep(0)));
        });
    check(
        "products with themselves",
        made -> {
          Variable a = made.variable(9, 9);
          made.assign(a, a.tensor().matmul(a.tensor()).mul(0.2f));
          made.out(a.tensor().slice(0, 3, 1));
        });
  }

  @Test
  default void variablesAssignedWhatAnOperationMakesOfThemselves() {
    Map<String, UnaryOperator<Tensor>> all =
        Map.ofEntries(
            Map.entry("matmul", x -> x.matmul(x)),
            Map.entry("matmul from the left", x -> Tensor.fill(0.1f, x.shape()).matmul(x)),
            Map.entry("transpose", x -> x.transpose(0, 1)),
            Map.entry("flip", x -> x.flip(0)),
            Map.entry("softmax of rows", x -> Tensors.softmax(x, 1)),
            Map.entry("softmax of columns", x -> Tensors.softmax(x, 0)),
            Map.entry("sum", x -> x.sumKeep(0).broadcast(x.shape())),
            Map.entry("centre", x -> x.sub(x.transpose(0, 1))),
            Map.entry("shift", x -> x.pad(0, 1, 0, 0).slice(0, 0, x.dim(0))),
            Map.entry("pad", x -> x.slice(0, 1, x.dim(0) - 1).pad(0, 1, 0, 2)),
            Map.entry("roll", x -> Tensor.concat(1, x.slice(1, 3, 6), x.slice(1, 0, 3))),
            Map.entry(
                "gather",
                x -> x.gather(Tensor.constant(new int[] {8, 7, 6, 5, 4, 3, 2, 1, 0}, Shape.of(9)))),
            Map.entry(
                "scatterAdd",
                x ->
                    Tensor.scatterAdd(
                        Tensor.constant(new int[] {1, 1, 1, 0, 0, 2, 3, 8, 9}, Shape.of(9)), x, 9)),
            Map.entry(
                "putRows",
                x -> x.putRows(Tensor.constant(new int[] {0}, Shape.of(1)), x.slice(0, 8, 1))),
            Map.entry(
                "putRows of a row made from it",
                x -> x.putRows(Tensor.constant(new int[] {4}, Shape.of(1)), x.sumKeep(0))),
            Map.entry("dropout", x -> Draws.root().dropout(x, 0.5f)));
    all.forEach((name, f) ->
        check(
            name,
            made -> {
              Variable v = made.variable(9, 9);
              Variable reader = made.variable(9);
              made.assign(v, f.apply(v.tensor()));
              made.assign(reader, v.tensor().sum(1));
              made.out(v.tensor().slice(0, 2, 5), f.apply(v.tensor()).maxKeep(0));
            }));
    check(
        "convolution and attention",
        made -> {
          Variable image = made.variable(2, 5, 5, 3);
          made.assign(
              image, image.tensor().conv2d(made.normal(3, 3, 3, 3).mul(0.2f), Window.padded(1)));
          Variable state = made.variable(1, 2, 7, 4);
          Tensor x = state.tensor();
          made.assign(state, Tensors.attention(x, x, x, null, 0.5f, true));
        });
  }

  @Test
  default void oneValueAssignedToSeveralVariablesAndPutOut() {
    check(made -> {
      Variable a = made.variable(4, 3);
      Variable b = made.variable(4, 3);
      Variable c = made.variable(12);
      Variable d = made.variable(4, 3);
      Tensor next = a.tensor().add(b.tensor()).tanh();
      made.assign(a, next);
      made.assign(b, next);
      made.assign(c, next.reshape(12));
      made.assign(d, made.normal(3).broadcast(Shape.of(4, 3)));
      made.out(next, next.sum(0), c.tensor());
    });
  }

  @Test
  default void integerVariablesCount() {
    check(
        "count",
        Tolerance.EXACT,
        made -> {
          Variable n = made.variable(new int[] {5, -3, 0}, 3);
          Variable last = made.variable(new int[] {0, 0, 0}, 3);
          made.assign(n, n.tensor().toFloat().add(1).toInt());
          made.assign(last, n.tensor());
          made.out(n.tensor(), n.tensor().toFloat().mul(2));
        });
  }

  @Test
  default void averagesReadWeightsThatTheSameReplayChanges() {
    check(made -> {
      Variable w = made.variable(33);
      Variable average = made.variable(33);
      Tensor next = w.tensor().sub(made.normal(33).mul(0.1f));
      made.assign(average, average.tensor().mul(0.9f).add(next.mul(0.1f)));
      made.assign(w, next);
      made.out(w.tensor().sub(average.tensor()).square().sum());
    });
  }

  @Test
  default void inputsKeepTheirValueAndOutputsTheirs() {
    Tensor x = Tensor.input("x", DType.F32, Shape.of(3));
    Tensor y = Tensor.input("y", DType.F32, Shape.of(3));
    Graph graph = Graph.builder().output("sum", x.add(y)).output("x", x).build();
    try (Program program = backend().compile(graph)) {
      program.set("x", new float[] {1, 2, 3});
      program.set("y", new float[] {10, 20, 30});
      program.run();
      program.set("y", new float[] {0, 0, 1});
      assertThat(get(program, "sum", 3)).containsExactly(11, 22, 33);
      program.run();
      assertThat(get(program, "sum", 3)).containsExactly(1, 2, 4);
      assertThat(get(program, "x", 3)).containsExactly(1, 2, 3);
    }
  }

  @Test
  default void settingCopiesTheArray() {
    Tensor x = Tensor.input("x", DType.F32, Shape.of(2));
    try (Program program = backend().compile(Graph.builder().output("y", x).build())) {
      float[] values = {1, 2};
      program.set("x", values);
      values[0] = 9;
      program.run();
      assertThat(get(program, "y", 2)).containsExactly(1, 2);
    }
  }

  @Test
  default void programsShareVariablesAndVariablesOutliveThem() {
    Variable v = backend().variable("shared", DType.F32, Shape.of(2, 2));
    assertThat(read(v)).containsExactly(0, 0, 0, 0);
    v.write(new float[] {1, 2, 3, 4});
    Graph doubling = Graph.builder().assign(v, v.tensor().mul(2)).build();
    Graph reading = Graph.builder().output("sum", v.tensor().sum()).build();
    try (Program reader = backend().compile(reading)) {
      try (Program doubler = backend().compile(doubling)) {
        doubler.run();
        doubler.run();
      }
      reader.run();
      assertThat(reader.scalar("sum")).isEqualTo(40);
      assertThat(read(v)).containsExactly(4, 8, 12, 16);
      v.write(new float[] {1, 1, 1, 1});
      reader.run();
      assertThat(reader.scalar("sum")).isEqualTo(4);
    }
  }

  @Test
  default void theSeedDecidesTheDraws() {
    Graph graph = Graph.builder().output("y", Draws.root().uniform(Shape.of(5))).build();
    try (Program program = backend().compile(graph)) {
      program.seed(RandomStream.root(1));
      program.run();
      float[] first = get(program, "y", 5);
      program.run();
      assertThat(get(program, "y", 5)).isEqualTo(first);
      program.seed(RandomStream.root(2));
      program.run();
      assertThat(get(program, "y", 5)).doesNotContain(first);
    }
    try (Program none = backend().compile(Graph.builder().output("y", Tensor.scalar(1)).build())) {
      none.seed(RandomStream.root(1));
      none.run();
      assertThat(none.scalar("y")).isEqualTo(1);
    }
  }

  @Test
  default void errorsNameThePortItsShapeAndTheLengths() {
    Tensor x = Tensor.input("pixels", DType.F32, Shape.of(2, 3));
    Tensor i = Tensor.input("labels", DType.I32, Shape.of(4));
    Graph graph = Graph.builder().output("y", x.neg()).output("i", i).build();
    try (Program program = backend().compile(graph)) {
      assertThatThrownBy(() -> program.set("pixels", new float[5]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("input", "pixels", "[2, 3]", "6", "5");
      assertThatThrownBy(() -> program.set("labels", new float[4]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("input", "labels", "I32", "F32");
      assertThatThrownBy(() -> program.set("pixel", new float[6]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("pixel", "pixels", "labels");
      program.set("pixels", new float[6]);
      program.set("labels", new int[4]);
      program.run();
      assertThatThrownBy(() -> program.get("y", new float[7]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("output", "y", "[2, 3]", "6", "7");
      assertThatThrownBy(() -> program.get("i", new float[4]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("output", "i", "I32", "F32");
      assertThatThrownBy(() -> program.get("z", new float[6]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("z", "y", "i");
      assertThatThrownBy(() -> program.scalar("y"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("y", "[2, 3]");
    }
    Variable v = backend().variable("weight", DType.F32, Shape.of(3));
    assertThatThrownBy(() -> v.write(new float[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("variable", "weight", "[3]", "3", "2");
    assertThatThrownBy(() -> v.read(new int[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("variable", "weight", "F32", "I32");
  }

  @Test
  default void flopsAreThoseOfTheGraphAsStated() {
    Tensor a = Tensor.input("a", DType.F32, Shape.of(2, 3));
    Tensor b = Tensor.input("b", DType.F32, Shape.of(3, 5));
    Graph graph = Graph.builder().output("y", a.matmul(b).tanh().sum(1)).build();
    try (Program program = backend().compile(graph)) {
      assertThat(program.flops()).isEqualTo(Flops.of(graph)).isEqualTo(2 * 2 * 3 * 5 + 10 + 10);
      assertThat(program.explain()).contains("MatMul");
    }
  }

  private static float[] get(Program program, String output, int length) {
    float[] values = new float[length];
    program.get(output, values);
    return values;
  }

  private static float[] read(Variable v) {
    float[] values = new float[v.shape().size()];
    v.read(values);
    return values;
  }
}
