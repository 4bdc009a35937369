package dev.assay.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.metrics.probing.CalibrationMetric;
import dev.assay.metrics.probing.ClassGapMetric;
import dev.assay.metrics.probing.MembershipAreaMetric;
import dev.assay.metrics.probing.MembershipRateMetric;
import dev.assay.metrics.probing.OutlierMetric;
import dev.assay.metrics.probing.ReconstructionNoiseMetric;
import dev.assay.metrics.probing.ReconstructionSimilarityMetric;
import dev.assay.spi.Batch;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Evaluation;
import dev.assay.spi.Metric;
import dev.assay.spi.MetricValue;
import dev.assay.spi.Modality;
import dev.assay.spi.ScoreMethod;
import dev.assay.spi.Trained;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Metrics that ask a model, asked of models whose answers are known. */
final class ProbingMetricsTest {
  private static final ScoreMethod EXACT = ScoreMethod.exact(ScoreMethod.Measure.MASS);

  static Stream<Metric> metrics() {
    return Stream.of(
        new MembershipAreaMetric(),
        new MembershipRateMetric(),
        new OutlierMetric(),
        new CalibrationMetric(),
        new ClassGapMetric(),
        new ReconstructionNoiseMetric(),
        new ReconstructionSimilarityMetric());
  }

  /**
   * A model that scores the first number of an example under its class.
   *
   * @param score nats of x and its class, −1 where there is none
   * @param decoded of each number, once encoded
   */
  private record Model(Score score, UnaryOperator<float[]> decoded) implements Trained {
    private interface Score {
      double of(float x, int label);
    }

    @Override
    public Optional<Evaluation.Likelihood> score(Batch raw, String part) {
      double[] nats = new double[raw.count()];
      Values.Dense x = raw.dense();
      for (int i = 0; i < nats.length; i++) {
        int label = raw.condition() instanceof Values.Labels labels ? labels.labels()[i] : -1;
        nats[i] = score.of(x.data()[i * x.width()], label);
      }
      return Optional.of(new Evaluation.Likelihood(EXACT, nats));
    }

    @Override
    public Optional<Values.Dense> codes(Batch raw, String part) {
      return Optional.of(raw.dense());
    }

    @Override
    public Optional<Values> reconstructions(Batch raw, String part) {
      return Optional.of(
          new Values.Dense(raw.dense().item(), decoded.apply(raw.dense().data().clone())));
    }
  }

  /** Whose −ln p of a number is that number. */
  private static final Model ITSELF = new Model((x, _) -> x, x -> x);

  private static float[] column(int count, double from, double step) {
    float[] column = new float[count];
    for (int i = 0; i < count; i++) {
      column[i] = (float) (from + step * i);
    }
    return column;
  }

  private static double[] doubles(float[] values) {
    double[] all = new double[values.length];
    Arrays.setAll(all, i -> values[i]);
    return all;
  }

  private static Evaluations scored(float[] train, float[] test) {
    return Evaluations.table(1, train, test).scored(doubles(test)).asking(ITSELF);
  }

  @Test
  void membersThatAreLikelierThanTheRestAreFound() {
    // Members lie at 0 … 99, others at 50.5 … 149.5: 100² pairs, of which Σ 49 … 0 are the other
    // way.
    Evaluations run = scored(column(100, 0, 1), column(100, 50.5, 1));
    MetricValue area = run.value(new MembershipAreaMetric());
    assertThat(area.value()).isCloseTo(1 - 49 * 50 / 2 / 1e4, within(1e-12));
    assertThat(area.value()).isBetween(area.low(), area.high());
    assertThat(area.kind()).isEqualTo("exact/mass");
    assertThat(area.signature()).isEqualTo("v1|n:100|method:exact");
    // At one false alarm of 100 the threshold is 50.5 or 51: the members 0 … 51 pass with it.
    assertThat(run.value(new MembershipRateMetric()).value()).isCloseTo(0.52, within(0.011));
  }

  @Test
  void modelsThatForgetGiveNothingAway() {
    Evaluations run = scored(column(200, 0, 1), column(200, 0, 1));
    assertThat(run.value(new MembershipAreaMetric()).value()).isCloseTo(0.5, within(1e-12));
    assertThat(run.value(new MembershipRateMetric()).value()).isCloseTo(0.01, within(1e-12));
  }

  @Test
  void outliersKeepTheirSign() {
    Evaluations run = scored(column(40, 0, 1), column(40, 0, 1));
    Batch far = Batch.of(new Values.Dense(Shape.of(1), column(30, 100, 1)));
    Batch near = Batch.of(new Values.Dense(Shape.of(1), column(30, -100, 1)));
    List<MetricValue> values =
        run.beside("far", far).beside("near", near).values(new OutlierMetric());
    assertThat(values).extracting(MetricValue::value).containsExactly(1.0, 0.0);
    assertThat(values.getFirst().signature())
        .isEqualTo("v1|n:30|held:40|outliers:far@0123456789ab|method:exact");
    assertThat(run.values(new OutlierMetric())).isEmpty();
  }

  @Test
  void nothingIsScoredWhereThereAreNoOutliers() {
    Batch batch = Batch.of(new Values.Dense(Shape.of(1), column(40, 0, 1)));
    Evaluation evaluation =
        new Evaluation(
            DataSpec.of(new Modality.Tabular(1)),
            Optional.empty(),
            new Values.Nothing(0),
            batch,
            batch,
            () -> {
              throw new AssertionError("scores were asked for");
            },
            Optional.of(ITSELF),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            RandomStream.root(1));
    assertThat(new OutlierMetric().compute(evaluation)).isEmpty();
  }

  /**
   * x is 1 with probability 0.8 under class 1 and 0.2 under class 0; classes are equally likely.
   */
  private static Evaluations coins(double sharpness) {
    float[] x = new float[40];
    int[] labels = new int[40];
    for (int i = 0; i < 40; i++) {
      x[i] = i % 2;
      labels[i] = i < 8 ? 1 - i % 2 : i % 2;
    }
    Batch batch = new Batch(new Values.Dense(Shape.of(1), x), new Values.Labels(labels));
    Model model =
        new Model(
            (value, label) -> -sharpness * Math.log(value == label ? 0.8 : 0.2), data -> data);
    return Evaluations.of(new Modality.Tabular(1), batch, batch)
        .scored(EXACT.givenCondition(), new double[40])
        .asking(model);
  }

  @Test
  void classesThatComeTrueAsOftenAsTheyShouldAreCalibrated() {
    assertThat(coins(1).value(new CalibrationMetric()).value()).isCloseTo(0, within(1e-9));
    // Twice as sure: 0.64 / (0.64 + 0.04) = 0.941 where 0.8 come true.
    assertThat(coins(2).value(new CalibrationMetric()).value())
        .isCloseTo(0.64 / 0.68 - 0.8, within(1e-9));
  }

  @Test
  void onlyLikelihoodsGivenTheClassAreCalibrated() {
    Evaluations run = scored(column(40, 0, 1), column(40, 0, 1));
    assertThat(run.values(new CalibrationMetric())).isEmpty();
  }

  @Test
  void aCodeWithOneNumberThatIsTheClassHasTheLargestGap() {
    float[] codes = new float[2 * 120];
    int[] labels = new int[120];
    for (int i = 0; i < 120; i++) {
      labels[i] = i % 3;
      codes[2 * i] = i % 3;
      // Knows nothing of the class: each of its 4 values goes with all classes alike.
      codes[2 * i + 1] = i / 3 % 4;
    }
    Batch apart = new Batch(new Values.Dense(Shape.of(2), codes), new Values.Labels(labels));
    Evaluations run = Evaluations.of(new Modality.Tabular(2), apart, apart).asking(ITSELF);
    assertThat(run.value(new ClassGapMetric()).value()).isCloseTo(1, within(1e-9));
    for (int i = 0; i < 120; i++) {
      codes[2 * i + 1] = i % 3;
    }
    assertThat(run.value(new ClassGapMetric()).value()).isCloseTo(0, within(1e-9));
  }

  private static Evaluations images(UnaryOperator<float[]> decoded) {
    float[] pixels = new float[20 * 49];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = i * 37 % 251;
    }
    Values values = new Values.Dense(Shape.of(7, 7, 1), pixels);
    return Evaluations.of(new Modality.Image(7, 7, 1, 256), values, values)
        .asking(new Model((_, _) -> 0, decoded));
  }

  @Test
  void reconstructionsThatAreOffByOneLevelHaveAKnownRatio() {
    Evaluations run =
        images(data -> {
          for (int i = 0; i < data.length; i++) {
            data[i] += 1;
          }
          return data;
        });
    assertThat(run.value(new ReconstructionNoiseMetric()).value())
        .isCloseTo(20 * Math.log10(255), within(1e-9));
    MetricValue similar = run.value(new ReconstructionSimilarityMetric());
    assertThat(similar.value()).isBetween(0.99, 0.999999);
    assertThat(similar.signature()).isEqualTo("v1|n:20|window:uniform-7");
  }

  @Test
  void perfectReconstructionsAreWhollySimilarAndHaveNoNoise() {
    Evaluations run = images(data -> data);
    assertThat(run.values(new ReconstructionNoiseMetric())).isEmpty();
    assertThat(run.value(new ReconstructionSimilarityMetric()).value()).isCloseTo(1, within(1e-12));
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void thereIsNoValueWithoutAModelAndNoneForFewExamples(Metric metric) {
    float[] few = column(19, 0, 1);
    assertThat(scored(few, few).values(metric)).isEmpty();
    float[] many = column(40, 0, 1);
    Evaluations alone = Evaluations.table(1, many, many).scored(doubles(many));
    assertThat(alone.values(metric)).isEmpty();
    assertThat(metric.info().minimumSamples()).isZero();
  }
}
