package dev.assay.tensor.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.tensor.Backend;
import dev.assay.tensor.BackendProvider;
import dev.assay.tensor.DType;
import dev.assay.tensor.Draws;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.ShapeException;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReferenceBackendTest {
  private final Backend backend = new ReferenceBackend();

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void isFoundAsAServiceById() {
    assertThat(ServiceLoader.load(BackendProvider.class))
        .filteredOn(provider -> provider.id().equals("reference"))
        .singleElement()
        .satisfies(provider -> {
          assertThat(provider.unavailable()).isEmpty();
          try (Backend opened = provider.open(BackendProvider.Settings.standard())) {
            assertThat(opened.id()).isEqualTo("reference");
            assertThat(opened.facts()).containsEntry("threads", "1");
          }
        });
  }

  @Test
  void refusesAPrecisionItDoesNotHaveAndNamesTheOneItHas() {
    assertThatThrownBy(() -> new ReferenceProvider().open(new BackendProvider.Settings(1, "bf16")))
        .hasMessageContaining("bf16")
        .hasMessageContaining("[fp32]");
  }

  @Test
  void twoVariablesSwapBecauseReadsSeeTheValueFromBeforeTheReplay() {
    Variable a = backend.variable("a", DType.F32, Shape.of(2));
    Variable b = backend.variable("b", DType.F32, Shape.of(2));
    a.write(new float[] {1, 2});
    b.write(new float[] {3, 4});
    Graph graph =
        Graph.builder()
            .assign(a, b.tensor())
            .assign(b, a.tensor())
            .output("before", a.tensor())
            .build();
    try (Program program = backend.compile(graph)) {
      program.run();
      assertThat(read(a)).containsExactly(3, 4);
      assertThat(read(b)).containsExactly(1, 2);
      float[] before = new float[2];
      program.get("before", before);
      assertThat(before).containsExactly(1, 2);
    }
  }

  @Test
  void anInputOfTheWrongLengthIsNamedWithItsShapeAndBothLengths() {
    Tensor x = Tensor.input("pixels", DType.F32, Shape.of(2, 3));
    try (Program program = backend.compile(Graph.builder().output("y", x.neg()).build())) {
      assertThatThrownBy(() -> program.set("pixels", new float[5]))
          .hasMessage("input 'pixels' is F32 [2, 3]: expected 6 values of F32, got 5 of F32");
      assertThatThrownBy(() -> program.set("pixels", new int[6]))
          .hasMessage("input 'pixels' is F32 [2, 3]: expected 6 values of F32, got 6 of I32");
      assertThatThrownBy(() -> program.set("pixel", new float[6]))
          .hasMessage("no input is named 'pixel'; there are [pixels]");
      assertThatThrownBy(program::run)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("input 'pixels' F32 [2, 3] was never set");
      assertThatThrownBy(() -> program.get("y", new float[6]))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("before the first run");
      program.set("pixels", new float[6]);
      program.run();
      assertThatThrownBy(() -> program.get("y", new float[7]))
          .hasMessage("output 'y' is F32 [2, 3]: expected 6 values of F32, got 7 of F32");
      assertThatThrownBy(() -> program.get("z", new float[6]))
          .hasMessage("no output is named 'z'; there are [y]");
      assertThatThrownBy(() -> program.scalar("y")).hasMessageContaining("expected 6 values");
    }
  }

  @Test
  void aVariableChecksLengthAndType() {
    Variable v = backend.variable("w", DType.I32, Shape.of(3));
    assertThatThrownBy(() -> v.write(new float[3]))
        .hasMessage("variable 'w' is I32 [3]: expected 3 values of I32, got 3 of F32");
    assertThatThrownBy(() -> v.read(new int[2])).hasMessageContaining("got 2 of I32");
  }

  @Test
  void oneInputNameMeansOneTypeAndShape() {
    Tensor x = Tensor.input("x", DType.F32, Shape.of(2));
    Tensor same = Tensor.input("x", DType.F32, Shape.of(2));
    Tensor other = Tensor.input("x", DType.F32, Shape.of(1));
    try (Program program = backend.compile(Graph.builder().output("y", x.add(same)).build())) {
      program.set("x", new float[] {1, 2});
      program.run();
      float[] y = new float[2];
      program.get("y", y);
      assertThat(y).containsExactly(2, 4);
    }
    Graph clash = Graph.builder().output("y", x.add(other)).build();
    assertThatThrownBy(() -> backend.compile(clash))
        .isInstanceOf(ShapeException.class)
        .hasMessage("input 'x' is both F32 [2] and F32 [1]");
  }

  @Test
  void variablesOfAnotherBackendAreRefused() {
    try (Backend other = new ReferenceBackend()) {
      Variable foreign = other.variable("w", DType.F32, Shape.of(1));
      Graph reads = Graph.builder().output("y", foreign.tensor()).build();
      Graph writes = Graph.builder().assign(foreign, Tensor.fill(1, Shape.of(1))).build();
      assertThatThrownBy(() -> backend.compile(reads)).hasMessageContaining("'w'");
      assertThatThrownBy(() -> backend.compile(writes)).hasMessageContaining("'w'");
    }
  }

  @Test
  void seedingAProgramThatDrawsNothingDoesNothing() {
    try (Program program = backend.compile(Graph.builder().output("y", Tensor.scalar(1)).build())) {
      program.seed(RandomStream.root(1));
      program.run();
      assertThat(program.scalar("y")).isEqualTo(1);
    }
  }

  @Test
  void seedsWithTheKeyOfTheStream() {
    Tensor y = Draws.root().child("noise").uniform(Shape.of(1));
    try (Program program = backend.compile(Graph.builder().output("y", y).build())) {
      RandomStream stream = RandomStream.root(7);
      program.seed(stream);
      program.run();
      long key = RandomStream.derive(stream.key(), RandomStream.hash("/noise"));
      assertThat(program.scalar("y")).isEqualTo(RandomStream.ofKey(key).nextFloat());
    }
  }

  @Test
  void nothingWorksAfterClosing() {
    Variable v = backend.variable("w", DType.F32, Shape.of(1));
    Program program = backend.compile(Graph.builder().output("y", v.tensor()).build());
    program.close();
    assertThatThrownBy(program::run).hasMessage("the program is closed");
    backend.close();
    assertThatThrownBy(() -> v.read(new float[1])).hasMessage("the backend is closed");
  }

  @Test
  void explainsEveryOperationItsFlopsAndBytes() {
    Tensor a = Tensor.input("a", DType.F32, Shape.of(2, 3));
    Tensor b = Tensor.input("b", DType.F32, Shape.of(3, 5));
    try (Program program =
        backend.compile(Graph.builder().output("y", a.matmul(b).neg()).build())) {
      // 2·2·3·5 for the product and 10 for the signs.
      assertThat(program.flops()).isEqualTo(70);
      assertThat(program.explain())
          .contains("%2 = MatMul[] F32 [2, 5] (%0, %1)")
          .contains("output y = %3")
          .contains("flops: 70");
    }
  }

  private static float[] read(Variable v) {
    float[] values = new float[v.shape().size()];
    v.read(values);
    return values;
  }
}
