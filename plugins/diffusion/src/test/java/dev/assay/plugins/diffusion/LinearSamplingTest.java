package dev.assay.plugins.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.assay.plugins.diffusion.LinearSampling.Known;
import dev.assay.plugins.diffusion.LinearSampling.Prediction;
import dev.assay.spi.Batch;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Modality;
import dev.assay.spi.SampleRequest;
import dev.assay.spi.Values;
import dev.assay.tensor.Backend;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.testkit.Backends;
import dev.assay.testkit.TestContext;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Updates as programs, with predictions that need no training. */
final class LinearSamplingTest {
  private static final int WIDTH = 40;
  private static final int COUNT = 1000;

  private final Backend backend = Backends.open(2);

  @AfterEach
  void close() {
    backend.close();
  }

  /** One step of a chain whose moments are plain: x ← 0.6 x + 0.5 (20 + x) + 0.3 ε. */
  @Test
  void samplesHaveTheMomentsOfTheirUpdates() {
    Update first = new Update(0, 0.6, 0.5, 0, 0.3);
    Update second = new Update(1, 0.2, 1, -0.25, 0);
    List<Update> updates = List.of(first, second);
    Moments moments = Moments.of(updates, time -> new Moments.Affine(20 - 30 * time, 1 + time));
    Prediction affine =
        (x, time, labels) -> {
          Tensor t = time.reshape(x.dim(0), 1);
          return t.mul(-30).add(20).add(x.mul(t.add(1)));
        };
    float[] x = draw(0, affine, v -> v, 1, updates);
    double mean = mean(x);
    double variance = 0;
    for (float value : x) {
      variance += (value - mean) * (value - mean) / x.length;
    }
    // 40,000 numbers: standard errors 0.2 % of the mean and 0.35 % of the deviation
    assertThat(mean).isCloseTo(moments.mean(), withPercentage(1.5));
    assertThat(Math.sqrt(variance)).isCloseTo(moments.deviation(), withPercentage(1.5));
  }

  @Test
  void predictionsAreLimited() {
    float[] x =
        draw(
            0,
            (y, t, l) -> y.mul(100).add(nothing(y, t)),
            v -> v.max(-1).min(1),
            1,
            List.of(new Update(0, 0, 1, 0, 0)));
    assertThat(IntStream.range(0, x.length).filter(i -> Math.abs(x[i]) != 1).count())
        .isLessThan(x.length / 50);
  }

  /** With prediction = label, u = −1 for no label and c = label = 2. */
  @Test
  void guidanceMovesFromWithoutTheLabelToWithItAndBeyond() {
    Prediction label =
        (x, time, labels) -> labels.toFloat().reshape(x.dim(0), 1).add(nothing(x, time));
    for (double guidance : new double[] {0, 1e-9, 0.5, 1, 1 + 1e-9, 3}) {
      float[] x = draw(3, label, v -> v, guidance, List.of(new Update(0, 0, 1, 0, 0)));
      for (float value : x) {
        assertThat((double) value).isCloseTo(-1 + guidance * 3, within(1e-5));
      }
    }
  }

  @Test
  void guidanceWithoutLabelsIsRefused() {
    assertThatThrownBy(() -> draw(0, (x, t, l) -> x, v -> v, 2, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'guidance' is 2.0");
  }

  @Test
  void whatIsKnownTakesTheNoiseOfItsLevel() {
    try (DenoiserTraining training = training(0);
        LinearSampling sampling =
            new LinearSampling(backend, training, (x, t, l) -> nothing(x, t), v -> v, WIDTH)) {
      float[] given = new float[COUNT * WIDTH];
      boolean[] marks = new boolean[given.length];
      Arrays.fill(given, 5);
      for (int i = 0; i < marks.length; i++) {
        marks[i] = i % 2 == 0;
      }
      Update forget = new Update(0, 0, 0, 0, 0);
      float[] x =
          sampling.complete(
              request(0),
              new Known(given, marks),
              List.of(new Update.Completing(1, 0, forget, 0.5, 0.1)),
              1);
      double mean = 0;
      for (int i = 0; i < x.length; i++) {
        assertThat(marks[i] || x[i] == 0).isTrue();
        mean += 2.0 * x[i] / x.length;
      }
      assertThat(mean).isCloseTo(2.5, within(0.005));
      float[] back =
          sampling.complete(
              request(0),
              new Known(given, new boolean[given.length]),
              List.of(new Update.Completing(0, 2, new Update(0, 1, 0, 0, 0), 0, 0)),
              1);
      double variance = 0;
      for (float value : back) {
        variance += value * value / back.length;
      }
      assertThat(variance).isCloseTo(4, withPercentage(4));
    }
  }

  /**
   * Going back from s to t and taking what is known to s again leaves its distribution as it is.
   */
  @Test
  void rePaintGoesBackByTheForwardProcess() {
    List<Level> levels =
        List.of(new Level(2, 0.3, 0.9), new Level(1, 0.8, 0.5), new Level(0, 1, 0));
    Update any = new Update(0, 1, 0, 0, 0);
    List<Update.Completing> steps = RePaint.updates(levels, List.of(any, any), 3);
    assertThat(steps).hasSize(4);
    assertThat(steps.get(0).back()).isEqualTo(1);
    assertThat(steps.get(0).renoise()).isZero();
    for (int u = 1; u < 3; u++) {
      Update.Completing again = steps.get(u);
      assertThat(again.back() * 0.8).isCloseTo(0.3, within(1e-12));
      assertThat(Math.hypot(again.back() * 0.5, again.renoise())).isCloseTo(0.9, within(1e-12));
    }
    assertThat(steps.get(3).alpha()).isEqualTo(1);
    assertThat(steps.get(3).sigma()).isZero();
  }

  private float[] draw(
      int classes,
      Prediction prediction,
      UnaryOperator<Tensor> limit,
      double guidance,
      List<Update> updates) {
    try (DenoiserTraining training = training(classes);
        LinearSampling sampling = new LinearSampling(backend, training, prediction, limit, WIDTH)) {
      return sampling.draw(request(classes), updates, guidance);
    }
  }

  private static SampleRequest request(int classes) {
    int[] labels = new int[COUNT];
    Arrays.fill(labels, 2);
    Values condition = classes == 0 ? new Values.Nothing(COUNT) : new Values.Labels(labels);
    return new SampleRequest(5, COUNT, condition, RandomStream.root(1));
  }

  private DenoiserTraining training(int classes) {
    Values.Dense x = new Values.Dense(Shape.of(WIDTH), new float[WIDTH]);
    return new DenoiserTraining(
        TestContext.of(backend, 1, DataSpec.of(new Modality.Tabular(WIDTH)), Batch.of(x)),
        new Architecture(Architecture.Network.MLP, 4, 1, 2, List.of(1), 1, 1, 0),
        new DenoiserTraining.Settings(false, 0, 0, 2, 0.1, 0),
        Shape.of(WIDTH),
        classes,
        (data, network, draws) -> network.apply(data, draws.uniform(Shape.of(2))).square().mean());
  }

  /** All but 0, so that the program has every input. */
  private static Tensor nothing(Tensor x, Tensor time) {
    return x.add(time.reshape(x.dim(0), 1)).mul(1e-20f);
  }

  private static double mean(float[] x) {
    double mean = 0;
    for (float value : x) {
      mean += value / x.length;
    }
    return mean;
  }
}
