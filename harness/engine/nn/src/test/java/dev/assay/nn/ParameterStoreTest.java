package dev.assay.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParameterStoreTest {
  @Test
  void namesAreJoinedByDotsAndListedInOrderOfCreation() {
    try (Run run = new Run()) {
      ParameterStore encoder = run.store.scope("encoder");
      encoder.scope(0).parameter("weight", Shape.of(3, 4), Initializer.ones());
      encoder.buffer("mean", Shape.of(5), 2);
      run.store.parameter("bias", Shape.of(4), Initializer.zeros());
      List<String> names = new ArrayList<>();
      run.store.forEach((name, variable) -> names.add(name + variable.shape()));
      assertThat(names).containsExactly("encoder.0.weight[3, 4]", "encoder.mean[5]", "bias[4]");
      assertThat(run.store.parameters())
          .extracting(Parameter::name)
          .containsExactly("encoder.0.weight", "bias");
      assertThat(run.store.count()).isEqualTo(16);
      assertThat(encoder.count()).isEqualTo(12);
    }
  }

  @Test
  void buffersStartAtTheirValue() {
    try (Run run = new Run()) {
      assertThat(Run.read(run.store.buffer("variance", Shape.of(3), 1.5f)))
          .containsExactly(1.5f, 1.5f, 1.5f);
    }
  }

  @Test
  void weightsAreCopiedByNameButOnlyToOnesOfEqualShapes() {
    try (Run run = new Run()) {
      Shape shape = Shape.of(2);
      ParameterStore from = run.store.scope("from");
      Parameter ones = from.parameter("a", shape, Initializer.ones());
      from.buffer("mean", shape, 3);
      ParameterStore to = run.store.scope("to");
      Parameter zeros = to.parameter("a", shape, Initializer.zeros());
      to.copyWeights(from, 0);
      assertThat(Run.read(zeros.variable())).containsExactly(Run.read(ones.variable()));
      from.parameter("b", shape, Initializer.ones());
      assertThatThrownBy(() -> to.copyWeights(from, 0))
          .hasMessage("the weights 'b' are [2] in the parent, but missing here");
      to.parameter("b", Shape.of(3), Initializer.zeros());
      assertThatThrownBy(() -> to.copyWeights(from, 0))
          .hasMessage("the weights 'b' are [2] in the parent, but [3] here");
    }
  }

  @Test
  void anAdaptedMatrixIsReadByOthersWithItsProductAddedAndRoundedByItsKind() {
    try (Run run = new Run()) {
      LowRank adapters = new LowRank(1, 3);
      ParameterStore from = run.store.scope("from");
      weights(from.frozen(adapters));
      write(from, "w.weight", 1, 2, 3, 4);
      write(from, "w.weight.a", 1, 2);
      write(from, "w.weight.b", 10, 100);
      write(from, "t.weight", 9, 2, 3, 4);
      run.store.merging().orElseThrow().run();
      Linear merged = weights(from.merged());
      // W + 3 a b, with a = (1, 2) and b = (10, 100).
      assertThat(Run.read(merged.weight().variable())).containsExactly(31, 302, 63, 604);
      assertThat(from.count()).isEqualTo(4 + 4 + 2 + 2);
      assertThat(from.trained()).isEqualTo(2 + 2);
      assertThat(from.parameters()).extracting(Parameter::name).allMatch(n -> n.matches(".*[ab]"));
      ParameterStore to = run.store.scope("to");
      Parameter w = weights(to).weight();
      to.copyWeights(from, 0);
      assertThat(Run.read(w.variable())).containsExactly(31, 302, 63, 604);
      to.copyWeights(from, 2);
      // One bit and a sign: 0 or the largest of a column of a matrix, of a row of a table.
      assertThat(Run.read(w.variable())).containsExactly(0, 604, 63, 604);
      Parameter t = to.merged().scope("t").parameter("weight", Shape.of(2, 2), Initializer.zeros());
      assertThat(Run.read(t.variable())).containsExactly(9, 0, 4, 4);
      assertThatThrownBy(() -> to.merged().parameter("x", Shape.of(1), Initializer.zeros()))
          .hasMessage("no weight is named 'to.x' [1]");
    }
  }

  /** A layer, and a table beside it. */
  private static Linear weights(ParameterStore store) {
    Embedding.create(store.scope("t"), 2, 2, Initializer.zeros());
    return Linear.create(store.scope("w"), 2, 2, Initializer.zeros(), null);
  }

  private static void write(ParameterStore store, String name, float... values) {
    store.forEach((full, variable) -> {
      if (full.endsWith("." + name)) {
        variable.write(values);
      }
    });
  }

  @Test
  void aNewParameterShiftsTheInitialValuesOfNoOther() {
    try (Run one = new Run();
        Run two = new Run()) {
      two.store.parameter("first", Shape.of(9), Initializer.normal(1));
      float[] alone = drawn(one);
      assertThat(drawn(two)).containsExactly(alone);
      assertThat(Run.read(two.store.parameters().get(0).variable())).doesNotContain(alone);
    }
  }

  private static float[] drawn(Run run) {
    return Run.read(
        run.store
            .scope("layer")
            .parameter("weight", Shape.of(9), Initializer.normal(1))
            .variable());
  }

  @Test
  void aNameThatIsTakenIsRefused() {
    try (Run run = new Run()) {
      run.store.scope("a").buffer("x", Shape.SCALAR, 0);
      assertThatThrownBy(() -> run.store.parameter("a.x", Shape.SCALAR, Initializer.zeros()))
          .hasMessage("two variables are named 'a.x'");
    }
  }
}
