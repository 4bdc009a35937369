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
  void parametersAreCopiedInTheirOrderButOnlyToAsManyOfEqualShapes() {
    try (Run run = new Run()) {
      Shape shape = Shape.of(2);
      ParameterStore from = run.store.scope("from");
      Parameter ones = from.parameter("a", shape, Initializer.ones());
      from.buffer("mean", shape, 3);
      ParameterStore to = run.store.scope("to");
      Parameter zeros = to.parameter("b", shape, Initializer.zeros());
      to.copyParameters(from);
      assertThat(Run.read(zeros.variable())).containsExactly(Run.read(ones.variable()));
      to.parameter("c", shape, Initializer.zeros());
      assertThatThrownBy(() -> to.copyParameters(from))
          .hasMessageContaining("differ in number or shape");
    }
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
