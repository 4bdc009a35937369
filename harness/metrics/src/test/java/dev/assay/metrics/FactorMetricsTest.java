package dev.assay.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.metrics.latent.Forest;
import dev.assay.metrics.probing.FactorForestMetric;
import dev.assay.metrics.probing.FactorGapMetric;
import dev.assay.spi.Dataset;
import dev.assay.spi.Metric;
import dev.assay.spi.MetricValue;
import dev.assay.spi.Modality;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Codes whose factors are known: they are the examples themselves. */
final class FactorMetricsTest {
  private static final int COUNT = 640;
  private static final int LEVELS = 4;
  static final List<Metric> METRICS = List.of(new FactorGapMetric(), new FactorForestMetric());

  /** What makes a code of the factors 0 … {@link #LEVELS} − 1 and of noise. */
  private interface Code {
    double[] of(int first, int second, double noise);
  }

  private static Evaluations coded(Code code) {
    RandomStream random = RandomStream.root(5);
    int width = code.of(0, 0, 0).length;
    float[] codes = new float[COUNT * width];
    int[][] factors = new int[COUNT][];
    for (int i = 0; i < COUNT; i++) {
      factors[i] = new int[] {random.nextInt(LEVELS), random.nextInt(LEVELS)};
      double[] one = code.of(factors[i][0], factors[i][1], random.nextGaussian());
      for (int c = 0; c < width; c++) {
        codes[i * width + c] = (float) one[c];
      }
    }
    Values values = new Values.Dense(Shape.of(width), codes);
    return Evaluations.of(new Modality.Tabular(width), values, values)
        .asking(new Itself())
        .knowing(new Dataset.Factors(List.of("first", "second"), factors));
  }

  private static double[] dci(Evaluations run) {
    return run.values(new FactorForestMetric()).stream().mapToDouble(MetricValue::value).toArray();
  }

  @Test
  void aNumberForEachFactorIsBestInAllWays() {
    Evaluations run = coded((first, second, noise) -> new double[] {second, noise, -first});
    assertThat(run.value(new FactorGapMetric()).value()).isBetween(0.95, 1.0);
    double[] scores = dci(run);
    assertThat(scores).hasSize(3);
    assertThat(scores[0]).isGreaterThan(0.95);
    assertThat(scores[1]).isGreaterThan(0.95);
    assertThat(scores[2]).isCloseTo(1, within(1e-12));
    assertThat(run.values(new FactorForestMetric()))
        .extracting(MetricValue::kind)
        .containsExactly("disentanglement", "completeness", "informativeness");
    assertThat(run.values(new FactorForestMetric()).getFirst().signature())
        .isEqualTo("v1|n:640|factors:first+second|by:forest-10-deep-10");
  }

  @Test
  void oneNumberForAllFactorsIsCompleteButNotDisentangled() {
    Evaluations run = coded((first, second, _) -> new double[] {first + LEVELS * second});
    double[] scores = dci(run);
    assertThat(scores[0]).isLessThan(0.2);
    assertThat(scores[1]).isCloseTo(1, within(1e-12));
    assertThat(scores[2]).isGreaterThan(0.95);
  }

  @Test
  void aFactorInTwoNumbersHasNoGapAndNoCompleteness() {
    Evaluations run =
        coded((first, second, noise) ->
            new double[] {first + 0.3 * noise, first - 0.3 * noise, second, second + 1e-3 * noise});
    assertThat(run.value(new FactorGapMetric()).value()).isLessThan(0.1);
  }

  @Test
  void codesThatKnowNothingHaveNoGapAndAreRightByChance() {
    Evaluations run = coded((_, _, noise) -> new double[] {noise, noise * noise});
    assertThat(run.value(new FactorGapMetric()).value()).isLessThan(0.05);
    assertThat(dci(run)[2]).isCloseTo(1.0 / LEVELS, within(0.08));
  }

  @ParameterizedTest
  @FieldSource("METRICS")
  void thereIsNoValueWithoutFactorsWithoutCodesAndForFewExamples(Metric metric) {
    Values few = new Values.Dense(Shape.of(1), new float[99]);
    int[][] factors = new int[99][1];
    Arrays.setAll(factors, i -> new int[] {i % 2});
    Evaluations run =
        Evaluations.of(new Modality.Tabular(1), few, few)
            .knowing(new Dataset.Factors(List.of("f"), factors));
    assertThat(run.asking(new Itself()).values(metric)).isEmpty();
    assertThat(run.values(metric)).isEmpty();
    Values many = new Values.Dense(Shape.of(1), new float[200]);
    Evaluations unknown = Evaluations.of(new Modality.Tabular(1), many, many).asking(new Itself());
    assertThat(unknown.values(metric)).isEmpty();
    assertThat(unknown.knowing(new Dataset.Factors(List.of("f"), new int[200][1])).values(metric))
        .as("a factor that never varies")
        .isEmpty();
  }

  @ParameterizedTest
  @FieldSource("METRICS")
  void equalCodesOfAllExamplesGiveNothingOrZero(Metric metric) {
    assertThat(coded((_, _, _) -> new double[] {1, 1}).values(metric))
        .allSatisfy(value -> assertThat(value.value()).isZero());
  }

  @Test
  void aForestLearnsWhatAThresholdCannot() {
    double[][] x = new double[400][];
    int[] y = new int[400];
    RandomStream random = RandomStream.root(2);
    for (int i = 0; i < x.length; i++) {
      x[i] = new double[] {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
      y[i] = x[i][0] * x[i][1] > 0 ? 1 : 0;
    }
    Forest forest = Forest.fit(x, y, RandomStream.root(3));
    assertThat(forest.classify(new double[] {1, 1, 0})).isEqualTo(1);
    assertThat(forest.classify(new double[] {1, -1, 0})).isZero();
    assertThat(forest.classify(new double[] {-1, -1, 0})).isEqualTo(1);
    double[] importance = forest.importance();
    assertThat(importance[2]).isLessThan(Math.min(importance[0], importance[1]));
  }
}
