package dev.assay.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.metrics.probing.ExposureMetric;
import dev.assay.metrics.probing.ReciprocalRankMetric;
import dev.assay.metrics.probing.RetrievalRecallMetric;
import dev.assay.spi.Batch;
import dev.assay.spi.Canaries;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Evaluation;
import dev.assay.spi.Fit;
import dev.assay.spi.MetricValue;
import dev.assay.spi.Modality;
import dev.assay.spi.ScoreMethod;
import dev.assay.spi.Trained;
import dev.assay.spi.Values;
import dev.assay.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ExposureAndRetrievalTest {
  private static final ScoreMethod GIVEN =
      ScoreMethod.exact(ScoreMethod.Measure.MASS).givenCondition();

  private static Batch numbers(double... x) {
    float[] data = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      data[i] = (float) x[i];
    }
    return Batch.of(new Values.Dense(Shape.of(1), data));
  }

  @Test
  void theLikeliestOfAThousandIsWorthTenBitsAndTheLeastLikelyNone() {
    Batch others = numbers(IntStream.range(1, 1000).asDoubleStream().toArray());
    Evaluations run = Evaluations.of(new Modality.Tabular(1), others, others).asking(new Itself());
    // Ranks 1, 500 and 1000.
    MetricValue value =
        run.knowing(new Canaries(numbers(0, 499.5, 2000), others, 4)).value(new ExposureMetric());
    assertThat(value.value())
        .isCloseTo((Math.log(1000) + Math.log(2)) / Math.log(2) / 3, within(1e-9));
    assertThat(value.low()).isLessThan(value.value());
    assertThat(value.n()).isEqualTo(3);
    assertThat(value.kind()).isEqualTo("exact/mass");
    assertThat(value.signature()).isEqualTo("v1|n:3|others:999|copies:4|method:exact");
    assertThat(run.values(new ExposureMetric())).isEmpty();
  }

  /** Under which a text is as unlikely as its length differs from the source's. */
  private record ByLength() implements Trained {
    @Override
    public Optional<Evaluation.Likelihood> score(Batch raw, String part) {
      List<String> sources = ((Values.Texts) raw.condition()).texts();
      double[] nats =
          IntStream.range(0, raw.count())
              .mapToDouble(
                  i -> Math.abs(raw.texts().texts().get(i).length() - sources.get(i).length()))
              .toArray();
      return Optional.of(new Evaluation.Likelihood(GIVEN, nats));
    }

    @Override
    public Optional<Values.Dense> codes(Batch raw, String part) {
      return Optional.empty();
    }

    @Override
    public Optional<Values> reconstructions(Batch raw, String part) {
      return Optional.empty();
    }
  }

  /** Sources of 1, 2, … 30 letters, under texts that are {@code shift} letters longer. */
  private static Evaluations pairs(int shift) {
    List<String> sources = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (int i = 1; i <= 30; i++) {
      sources.add("x".repeat(i));
      texts.add("y".repeat(i + shift));
    }
    return Evaluations.pairs(sources, texts).scored(GIVEN, new double[30]).asking(new ByLength());
  }

  @Test
  void theRightSourceIsFirstWhereItMakesTheTextLikeliest() {
    MetricValue value = pairs(0).value(new ReciprocalRankMetric());
    assertThat(value.value()).isEqualTo(1);
    assertThat(value.signature()).isEqualTo("v1|n:30|method:exact-given-condition");
    assertThat(pairs(0).value(new RetrievalRecallMetric()).value()).isEqualTo(1);
  }

  @Test
  void ranksAreWhatTheyShouldBe() {
    // Of a text that is two letters longer, sources of 1, 2, 3 and 4 letters more are at least as
    // near, unless they do not exist: the last four have 3, 2, 1 and 0 of them.
    double expected = (26.0 / 5 + 1.0 / 4 + 1.0 / 3 + 1.0 / 2 + 1) / 30;
    assertThat(pairs(2).value(new ReciprocalRankMetric()).value())
        .isCloseTo(expected, within(1e-12));
    assertThat(pairs(2).value(new RetrievalRecallMetric()).value()).isEqualTo(1);
    // Three letters longer: six before, and of the last five fewer than five.
    assertThat(pairs(3).value(new RetrievalRecallMetric()).value())
        .isCloseTo(5 / 30.0, within(1e-12));
  }

  @Test
  void oneOfEqualConditionsStandsForAllAndTiesCountAgainst() {
    List<String> sources = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      sources.add("x".repeat(1 + i / 2));
    }
    Evaluations run =
        Evaluations.pairs(sources, sources).scored(GIVEN, new double[60]).asking(new ByLength());
    assertThat(run.value(new ReciprocalRankMetric()).n()).isBetween(25L, 30L);
    assertThat(run.value(new ReciprocalRankMetric()).value()).isEqualTo(1);
  }

  @Test
  void onlyLikelihoodsGivenTheConditionFindIt() {
    Evaluations run = pairs(0);
    assertThat(run.seed(2).values(new ReciprocalRankMetric())).hasSize(1);
    Evaluations alone =
        Evaluations.pairs(List.of("a"), List.of("b")).scored(1).asking(new ByLength());
    assertThat(alone.values(new ReciprocalRankMetric())).isEmpty();
    assertThat(new ReciprocalRankMetric().fits(DataSpec.of(new Modality.Tabular(2))))
        .isInstanceOf(Fit.No.class);
  }
}
