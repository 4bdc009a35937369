package dev.assay.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.tensor.Draws;
import dev.assay.tensor.Op.Window;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LayersTest {
  private final Run run = new Run();

  @AfterEach
  void close() {
    run.close();
  }

  @Test
  void linearMapsTheLastAxis() {
    Linear linear = Linear.create(run.store, 2, 3);
    linear.weight().variable().write(new float[] {1, 2, 3, 10, 20, 30});
    assertThat(linear.bias()).isNotNull();
    linear.bias().variable().write(new float[] {100, 200, 300});
    Tensor x = Tensor.constant(new float[] {1, 1, 0, 2}, Shape.of(1, 2, 2));
    Tensor y = linear.apply(x);
    assertThat(y.shape()).isEqualTo(Shape.of(1, 2, 3));
    assertThat(run.value(y)).containsExactly(111, 222, 333, 120, 240, 360);
  }

  @Test
  void embeddingAndItsLogitsShareOneTable() {
    Embedding embedding = Embedding.create(run.store, 3, 2, Initializer.zeros());
    embedding.table().variable().write(new float[] {1, 0, 0, 1, 2, 3});
    assertThat(run.value(embedding.apply(Run.ints(2, 0, -1)))).containsExactly(2, 3, 1, 0, 0, 0);
    Tensor h = Tensor.constant(new float[] {4, 5}, Shape.of(1, 2));
    assertThat(run.value(embedding.logits(h))).containsExactly(4, 5, 23);
  }

  @Test
  void anMlpHasNoNonlinearityAfterItsLastLayer() {
    Mlp mlp = Mlp.create(run.store, List.of(1, 1, 1), Activation.RELU, Initializer.ones());
    Tensor x = Tensor.constant(new float[] {-3, 2}, Shape.of(2, 1));
    assertThat(run.value(mlp.apply(x.neg()))).containsExactly(3, 0);
    assertThat(run.value(mlp.apply(x).sub(5))).containsExactly(-5, -3);
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void activationsFollowTheirFormulas(Activation activation) {
    float[] at = {-2.5f, -0.3f, 0.7f, 3};
    float[] y = run.value(activation.apply(Tensor.constant(at, Shape.of(4))));
    for (int i = 0; i < at.length; i++) {
      double x = at[i];
      double sigmoid = 1 / (1 + Math.exp(-x));
      double tanhGelu =
          0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
      double expected =
          switch (activation) {
            case RELU -> Math.max(x, 0);
            case LEAKY_RELU -> x > 0 ? x : 0.2 * x;
            case ELU -> x > 0 ? x : Math.exp(x) - 1;
            case GELU, GELU_TANH -> tanhGelu;
            case SILU -> x * sigmoid;
            case TANH -> Math.tanh(x);
            case SIGMOID -> sigmoid;
            case SOFTPLUS -> Math.log1p(Math.exp(x));
          };
      // the tanh form approximates the exact one to 5e-4
      double tolerance = activation == Activation.GELU ? 5e-4 : 1e-6;
      assertThat((double) y[i]).isCloseTo(expected, within(tolerance));
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1,1", "2,1,1", "2,0,1", "1,1,2"})
  void transposedConvolutionIsTheAdjointOfConvolution(int stride, int pad, int groups) {
    Window window = new Window(stride, stride, pad, pad, pad, pad, 1, 1, groups);
    ConvTranspose2d up =
        ConvTranspose2d.create(run.store, 6, 4, 3, window, Initializer.torch(), null);
    Conv2d down = new Conv2d(up.filter(), null, window);
    Tensor x = Run.normal("x", 2, 7, 7, 4);
    Tensor mapped = down.apply(x);
    Tensor y = Run.normal("y", mapped.shape().dims());
    // ⟨conv x, y⟩ = ⟨x, convᵀ y⟩
    float left = run.value(mapped.mul(y).sum())[0];
    float right = run.value(x.mul(up.apply(y, 7, 7)).sum())[0];
    assertThat(left).isCloseTo(right, within(1e-4f)).isNotZero();
  }

  @Test
  void convolutionAddsItsBiasToEveryPixel() {
    Conv2d conv = Conv2d.create(run.store, 1, 2, 3, Window.padded(1));
    assertThat(conv.bias()).isNotNull();
    conv.bias().variable().write(new float[] {5, -5});
    float[] y = run.value(conv.apply(Tensor.fill(0, Shape.of(1, 2, 1, 1))));
    assertThat(y).containsExactly(5, -5, 5, -5);
  }

  @Test
  void dropoutKeepsTheMeanAndDrawsAnotherMaskForEachName() {
    Dropout dropout = new Dropout(0.25, Draws.root());
    Tensor ones = Tensor.fill(1, Shape.of(20_000));
    float[] first = run.value(dropout.child("a").apply(ones));
    float[] second = run.value(dropout.child("b").apply(ones));
    double mean = 0;
    for (float value : first) {
      assertThat(value == 0 || Math.abs(value - 4 / 3f) < 1e-6).isTrue();
      mean += value / first.length;
    }
    assertThat(mean).isCloseTo(1, within(0.02));
    assertThat(second).isNotEqualTo(first);
    assertThat(run.value(dropout.child("a").apply(ones))).containsExactly(first);
  }

  @Test
  void noDropoutIsTheIdentity() {
    Tensor x = Run.normal("x", 3);
    assertThat(Dropout.none().child("a").apply(x)).isSameAs(x);
    assertThatThrownBy(() -> new Dropout(1, null)).hasMessageContaining("1.0");
  }
}
