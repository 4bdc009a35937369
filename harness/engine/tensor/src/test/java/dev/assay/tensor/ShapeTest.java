package dev.assay.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ShapeTest {
  @Test
  void broadcastingFollowsNumPy() {
    assertThat(broadcast(new int[] {3, 1, 7}, new int[] {5, 1})).isEqualTo(Shape.of(3, 5, 7));
    assertThat(broadcast(new int[] {}, new int[] {4})).isEqualTo(Shape.of(4));
    assertThat(broadcast(new int[] {0, 3}, new int[] {1, 3})).isEqualTo(Shape.of(0, 3));
    assertThatThrownBy(() -> broadcast(new int[] {2, 3}, new int[] {2}))
        .isInstanceOf(ShapeException.class)
        .hasMessage("shapes [2, 3] and [2] do not broadcast");
  }

  private static Shape broadcast(int[] a, int[] b) {
    Shape there = Shape.broadcast(Shape.of(a), Shape.of(b));
    assertThat(Shape.broadcast(Shape.of(b), Shape.of(a))).isEqualTo(there);
    return there;
  }

  @Test
  void axesCountFromEitherEnd() {
    Shape shape = Shape.of(2, 3, 5);
    assertThat(shape.dim(-1)).isEqualTo(5);
    assertThat(shape.axis(-3)).isZero();
    assertThat(shape.with(-2, 7)).isEqualTo(Shape.of(2, 7, 5));
    assertThat(shape.without(0)).isEqualTo(Shape.of(3, 5));
    assertThat(shape.insert(3, 1)).isEqualTo(Shape.of(2, 3, 5, 1));
    assertThatThrownBy(() -> shape.dim(3)).hasMessage("axis 3 does not exist in shape [2, 3, 5]");
    assertThatThrownBy(() -> shape.axis(-4)).hasMessageContaining("-4");
  }

  @Test
  void stridesAreThoseOfRowMajorOrder() {
    assertThat(Shape.of(2, 3, 5).strides()).containsExactly(15, 5, 1);
    assertThat(Shape.SCALAR.strides()).isEmpty();
    assertThat(Shape.of(2, 3, 5).size()).isEqualTo(30);
    assertThat(Shape.SCALAR.size()).isEqualTo(1);
    assertThat(Shape.of(4, 0).size()).isZero();
  }

  @Test
  void negativeExtentsAndTooManyElementsAreRefused() {
    assertThatThrownBy(() -> Shape.of(2, -1)).hasMessageContaining("[2, -1]");
    assertThatThrownBy(() -> Shape.of(65536, 65536)).hasMessageContaining("2^31-1");
  }

  @Test
  void shapesAreValues() {
    int[] dims = {2, 3};
    Shape shape = Shape.of(dims);
    dims[0] = 9;
    shape.dims()[1] = 9;
    assertThat(shape).isEqualTo(Shape.of(2, 3)).hasSameHashCodeAs(Shape.of(2, 3));
    assertThat(shape).hasToString("[2, 3]").isNotEqualTo(Shape.of(3, 2));
  }
}
