package dev.assay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class GradientCheckTest {
  private final Backend backend = Backends.open(1);
  private final GradientCheck check = GradientCheck.on(backend);
  private final GradientCheck.Point x =
      new GradientCheck.Point(Shape.of(2, 2), new float[] {0.3f, -1.2f, 2, 0.7f});
  private final GradientCheck.Point y =
      new GradientCheck.Point(Shape.of(2), new float[] {-0.4f, 0.9f});

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void aRightDerivativePassesAtFirstAndSecondOrder() {
    check.first(a -> a.get(0).tanh().mul(a.get(1)).sum(), x, y);
    check.second(a -> a.get(0).tanh().mul(a.get(1).exp()).sum(), x, y);
  }

  @Test
  void aWrongDerivativeFails() {
    // detach() leaves the value and makes the derivative zero
    assertThatThrownBy(() -> check.first(a -> a.get(0).mul(a.get(0).detach()).sum(), x))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("element 0 of argument 0");
  }

  @Test
  void variablesAreCheckedInPlaceAndLeftAsTheyWere() {
    Variable weight = backend.variable("weight", DType.F32, Shape.of(2));
    weight.write(new float[] {0.5f, -2});
    Tensor input = Tensor.input("input", DType.F32, Shape.of(2));
    Tensor loss = weight.tensor().mul(input).sigmoid().sum();
    assertThatCode(() ->
            check.variables(loss, List.of(weight), p -> p.set("input", new float[] {1.5f, 0.25f})))
        .doesNotThrowAnyException();
    float[] after = new float[2];
    weight.read(after);
    assertThat(after).containsExactly(0.5f, -2);
  }
}
