package dev.assay.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.tensor.reference.Exact;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What derivatives mean where central differences do not say. */
class GradientsTest {
  @Test
  void equalMaximaShareTheAdjoint() {
    Tensor x = vector(3, 1, 3, 3, 2, 0);
    assertThat(Exact.of(Gradients.of(x.maxKeep(0).mul(6).sum(), x)))
        .containsExactly(2, 0, 2, 2, 0, 0);
    Tensor rows = x.reshape(2, 3);
    assertThat(Exact.of(Gradients.of(rows.maxKeep(0).mul(4).sum(), x)))
        .containsExactly(2, 0, 4, 2, 4, 0);
  }

  @Test
  void equalOperandsOfMaximumAndMinimumShareTheAdjoint() {
    Tensor a = vector(1, 2, 3);
    Tensor b = vector(2, 2, 2);
    assertThat(Exact.of(Gradients.of(a.max(b).sum(), a))).containsExactly(0, 0.5, 1);
    assertThat(Exact.of(Gradients.of(a.max(b).sum(), b))).containsExactly(1, 0.5, 0);
    assertThat(Exact.of(Gradients.of(a.min(b).sum(), a))).containsExactly(1, 0.5, 0);
    assertThat(Exact.of(Gradients.of(a.max(a).sum(), a))).containsExactly(1, 1, 1);
  }

  @Test
  void aTensorWithoutInfluenceHasZeros() {
    Tensor x = vector(1, 2);
    Tensor y = vector(3, 4, 5);
    assertThat(Exact.of(Gradients.of(x.sum(), y))).containsExactly(0, 0, 0);
    assertThat(Exact.of(Gradients.of(x.detach().square().sum(), x))).containsExactly(0, 0);
    assertThat(Exact.of(Gradients.of(x.toInt().toFloat().sum(), x))).containsExactly(0, 0);
    assertThat(Exact.of(Gradients.of(x.argMax().toFloat(), x))).containsExactly(0, 0);
    assertThat(Exact.of(Gradients.of(x.floor().add(x.sign()).sum(), x))).containsExactly(0, 0);
  }

  @Test
  void aDerivativeMayBeTakenInTheMiddleOfAGraph() {
    Tensor x = vector(1, 2);
    Tensor y = x.square();
    Tensor z = y.square();
    // z = y², y = x²: dz/dy = 2y, dz/dx = 4x³, dz/dz = 1.
    List<Tensor> gradients = Gradients.of(z.sum(), List.of(x, y, z));
    assertThat(Exact.of(gradients.get(0))).containsExactly(4, 32);
    assertThat(Exact.of(gradients.get(1))).containsExactly(2, 8);
    assertThat(Exact.of(gradients.get(2))).containsExactly(1, 1);
  }

  @Test
  void theLossItselfAndADetachedTensorCountAsTheirOwnVariables() {
    Tensor x = vector(3);
    Tensor frozen = x.detach();
    List<Tensor> gradients = Gradients.of(x.mul(frozen), List.of(frozen, x));
    assertThat(Exact.of(gradients.get(0))).containsExactly(3);
    Tensor loss = x.square();
    assertThat(Exact.of(Gradients.of(loss, loss))).containsExactly(1);
    assertThat(Exact.of(Gradients.of(loss, List.of(x, x)).get(1))).containsExactly(6);
  }

  @Test
  void aLossOfSeveralElementsIsRefusedByShape() {
    Tensor x = vector(1, 2);
    assertThatThrownBy(() -> Gradients.of(x.neg(), x))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("[2]")
        .hasMessageContaining("one element");
  }

  @Test
  void aVectorJacobianProductWeighsTheRows() {
    Tensor x = vector(1, 2, 3);
    // y₀ = x₀ x₁, y₁ = x₁ x₂
    Tensor y = x.slice(0, 0, 2).mul(x.slice(0, 1, 2));
    Tensor product = Gradients.vectorJacobian(y, vector(10, 1), List.of(x)).get(0);
    assertThat(Exact.of(product)).containsExactly(20, 13, 2);
  }

  @Test
  void adjointsOfPartsThatTileATensorAreJoined() {
    Tensor x = Tensor.input("x", DType.F32, Shape.of(2, 6));
    List<Tensor> parts = x.split(1, 3);
    Tensor loss = parts.get(2).exp().mul(parts.get(0)).add(parts.get(1).sin()).sum();
    Tensor gradient = Gradients.of(loss, x);
    assertThat(gradient.op()).isEqualTo(new Op.Concat(1));
    assertThat(gradient.shape()).isEqualTo(x.shape());
  }

  @Test
  void adjointsOfPartsThatOverlapOrLeaveGapsAreSummed() {
    Tensor x = vector(1, 2, 3, 4, 5);
    Tensor overlap = x.slice(0, 0, 3).square().sum().add(x.slice(0, 2, 3).sum());
    assertThat(Exact.of(Gradients.of(overlap, x))).containsExactly(2, 4, 7, 1, 1);
    Tensor gap = x.slice(0, 0, 2).square().sum().add(x.slice(0, 3, 2).sum());
    assertThat(Exact.of(Gradients.of(gap, x))).containsExactly(2, 4, 0, 1, 1);
    Tensor square = x.slice(0, 0, 4).reshape(2, 2);
    Tensor corners =
        square.slice(0, 0, 1).slice(1, 0, 1).mul(5).add(square.slice(0, 1, 1).slice(1, 1, 1)).sum();
    assertThat(Exact.of(Gradients.of(corners, x))).containsExactly(5, 0, 0, 1, 0);
  }

  private static Tensor vector(float... values) {
    return Tensor.constant(values, Shape.of(values.length));
  }
}
