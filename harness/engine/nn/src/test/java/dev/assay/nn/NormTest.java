package dev.assay.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.tensor.Shape;
import dev.assay.tensor.ShapeException;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NormTest {
  private final Run run = new Run();

  @AfterEach
  void close() {
    run.close();
  }

  @Test
  void layerNormStandardisesEachRow() {
    LayerNorm norm = LayerNorm.create(run.store, 6, true);
    fill(norm.gain(), norm.bias());
    Tensor x = Run.normal("x", 2, 3, 6);
    // element i belongs to row i / 6, channel i % 6
    check(run.value(norm.apply(x)), run.value(x), i -> i / 6, i -> i % 6, norm.gain(), norm.bias());
  }

  @Test
  void layerNormWithoutBiasHasNone() {
    LayerNorm norm = LayerNorm.create(run.store, 6, false);
    assertThat(run.store.parameters()).hasSize(1);
    Tensor x = Run.normal("x", 4, 6);
    assertThat(run.value(norm.apply(x).sum(-1))).containsOnly(new float[4], within(1e-5f));
  }

  @Test
  void rmsNormGivesRowsOfUnitMeanSquare() {
    RmsNorm norm = RmsNorm.create(run.store, 8);
    Tensor x = Run.normal("x", 5, 8).mul(30);
    Tensor y = norm.apply(x);
    assertThat(run.value(y.square().mean(-1)))
        .containsExactly(new float[] {1, 1, 1, 1, 1}, within(1e-5f));
    float[] ratio = run.value(y.div(x));
    assertThat(ratio[0]).isCloseTo(ratio[7], within(1e-6f));
  }

  @Test
  void groupNormStandardisesEachImageAndGroup() {
    GroupNorm norm = GroupNorm.create(run.store, 6, 3);
    fill(norm.gain(), norm.bias());
    Tensor x = Run.normal("x", 2, 3, 2, 6);
    // [image, pixel, group, 2]: element i is of image i / 36 and group i % 6 / 2
    check(
        run.value(norm.apply(x)),
        run.value(x),
        i -> i / 36 * 3 + i % 6 / 2,
        i -> i % 6,
        norm.gain(),
        norm.bias());
  }

  @Test
  void groupsMustDivideTheChannels() {
    assertThatThrownBy(() -> GroupNorm.create(run.store, 6, 4))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("6 channels in 4 groups");
  }

  @Test
  void batchNormStandardisesEachChannelAndMovesItsStatistics() {
    BatchNorm norm = BatchNorm.create(run.store, 3);
    fill(norm.gain(), norm.bias());
    Tensor x = Run.normal("x", 4, 2, 2, 3).add(1);
    BatchNorm.Trained trained = norm.train(x);
    float[] values = run.value(x);
    check(run.value(trained.y()), values, i -> i % 3, i -> i % 3, norm.gain(), norm.bias());
    for (int c = 0; c < 3; c++) {
      double mean = 0;
      double square = 0;
      for (int i = c; i < values.length; i += 3) {
        mean += values[i] / 16.0;
        square += (double) values[i] * values[i];
      }
      double unbiased = (square - 16 * mean * mean) / 15;
      Map<Variable, Tensor> assigns = trained.assigns();
      assertThat(run.value(assigns.get(norm.mean()))[c])
          .isCloseTo((float) (0.1 * mean), within(1e-6f));
      assertThat(run.value(assigns.get(norm.variance()))[c])
          .isCloseTo((float) (0.9 + 0.1 * unbiased), within(1e-6f));
    }
  }

  @Test
  void batchNormEvaluatesByItsRunningStatisticsAlone() {
    BatchNorm norm = BatchNorm.create(run.store, 2);
    norm.mean().write(new float[] {1, -2});
    norm.variance().write(new float[] {4, 9});
    Tensor x = Tensor.constant(new float[] {3, 4, 1, -2}, Shape.of(2, 2));
    assertThat(run.value(norm.evaluate(x)))
        .containsExactly(new float[] {1, 2, 0, 0}, within(1e-5f));
  }

  private static void fill(Parameter gain, Parameter bias) {
    float[] gains = new float[gain.shape().size()];
    float[] biases = new float[gains.length];
    for (int i = 0; i < gains.length; i++) {
      gains[i] = 0.5f + i;
      biases[i] = 3 - i;
    }
    gain.variable().write(gains);
    bias.variable().write(biases);
  }

  /**
   * y = gain (x − mean) / √(variance + ε) + bias, mean and variance over the elements of a group.
   */
  private static void check(
      float[] y,
      float[] x,
      IntUnaryOperator group,
      IntUnaryOperator channel,
      Parameter gain,
      Parameter bias) {
    int groups = 1 + IntStream.range(0, x.length).map(group).max().orElse(0);
    double[] mean = new double[groups];
    double[] variance = new double[groups];
    int size = x.length / groups;
    for (int i = 0; i < x.length; i++) {
      mean[group.applyAsInt(i)] += x[i] / (double) size;
    }
    for (int i = 0; i < x.length; i++) {
      int g = group.applyAsInt(i);
      variance[g] += (x[i] - mean[g]) * (x[i] - mean[g]) / size;
    }
    float[] gains = Run.read(gain.variable());
    float[] biases = Run.read(bias.variable());
    float[] expected = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      int g = group.applyAsInt(i);
      int c = channel.applyAsInt(i);
      double z = (x[i] - mean[g]) / Math.sqrt(variance[g] + 1e-5);
      expected[i] = (float) (gains[c] * z + biases[c]);
    }
    assertThat(y).containsExactly(expected, within(2e-5f));
  }
}
