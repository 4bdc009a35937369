package dev.assay.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.Metric;
import dev.assay.spi.MetricValue;
import dev.assay.spi.Modality;
import dev.assay.spi.Modality.Text.Form;
import dev.assay.spi.ScoreMethod;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LikelihoodMetricsTest {
  private static final ScoreMethod IWAE =
      new ScoreMethod("iwae", ScoreMethod.Kind.LOWER_BOUND, ScoreMethod.Measure.MASS, 50);

  @Test
  void nllIsTheMeanOfTheScores() {
    MetricValue value =
        Evaluations.table(2, new float[4], new float[6]).scored(1, 2, 6).value(new NllMetric());
    assertThat(value.value()).isEqualTo(3);
    assertThat(value.low()).isBetween(1.0, 3.0);
    assertThat(value.high()).isBetween(3.0, 6.0);
    assertThat(value.n()).isEqualTo(3);
    assertThat(value.metric()).isEqualTo("nll");
    assertThat(value.unit()).isEqualTo("nats/example");
    assertThat(value.direction()).isEqualTo(Metric.Direction.LOWER);
    assertThat(value.kind()).isEqualTo("exact/mass");
    assertThat(value.signature()).isEqualTo("v1|method:exact");
  }

  @Test
  void everyWayOfScoringHasItsOwnKindAndSignature() {
    ScoreMethod density = ScoreMethod.exact(ScoreMethod.Measure.DENSITY);
    List<MetricValue> values =
        Evaluations.table(1, new float[2], new float[2])
            .scored(density, 1, 2)
            .scored(IWAE, 3, 4)
            .values(new NllMetric());
    assertThat(values)
        .extracting(MetricValue::kind)
        .containsExactly("exact/density", "lower_bound/mass");
    assertThat(values)
        .extracting(MetricValue::signature)
        .containsExactly("v1|method:exact", "v1|method:iwae|k:50");
  }

  @Test
  void waysOfScoringShareTheirResamples() {
    List<MetricValue> values =
        Evaluations.table(1, new float[2], new float[4])
            .scored(1, 2, 5, 9)
            .scored(IWAE, 2, 4, 10, 18)
            .values(new NllMetric());
    assertThat(values.get(1).low()).isEqualTo(2 * values.get(0).low());
    assertThat(values.get(1).high()).isEqualTo(2 * values.get(0).high());
  }

  @Test
  void bitsPerDimensionDividesByCoordinatesAndLogTwo() {
    // 4 coordinates, 8 ln 2 and 16 ln 2 nats: 2 and 4 bits each.
    MetricValue value =
        Evaluations.images(4, 256, new float[8])
            .scored(8 * Math.log(2), 16 * Math.log(2))
            .value(new BitsPerDimMetric());
    assertThat(value.value()).isCloseTo(3, within(1e-12));
    assertThat(value.low()).isCloseTo(2, within(1e-12));
    assertThat(value.high()).isCloseTo(4, within(1e-12));
    assertThat(value.unit()).isEqualTo("bits/dim");
  }

  @Test
  void theEndOfADocumentCountsAsACharacter() {
    // 1 + 1 and 3 + 1 characters; the second text has a character outside the basic plane.
    Evaluations documents = Evaluations.texts(Form.DOCUMENTS, "a", "é😀b").scored(6, 12);
    MetricValue value = documents.value(new NatsPerCharacterMetric());
    assertThat(value.value()).isEqualTo(3);
    assertThat(value.unit()).isEqualTo("nats/character");
  }

  @Test
  void aStreamHasNoEnd() {
    Evaluations stream = Evaluations.texts(Form.STREAM, "é😀b").scored(6);
    MetricValue value = stream.value(new NatsPerCharacterMetric());
    assertThat(value.value()).isEqualTo(2);
    assertThat(value.low()).isNaN();
    assertThat(value.high()).isNaN();
  }

  @Test
  void bytesAreThoseOfUtf8WithoutTheEnd() {
    // é has 2 bytes, 😀 has 4, b has 1.
    Evaluations documents = Evaluations.texts(Form.DOCUMENTS, "é😀b").scored(14 * Math.log(2));
    MetricValue value = documents.value(new BitsPerByteMetric());
    assertThat(value.value()).isCloseTo(2, within(1e-12));
    assertThat(value.unit()).isEqualTo("bits/byte");
  }

  @Test
  void totalsNotMeansOfTextsOfUnequalLengthAreCompared() {
    Evaluations documents = Evaluations.texts(Form.DOCUMENTS, "", "abcdefghi").scored(10, 10);
    // 20 nats over 1 + 10 characters, not the mean of 10 and 1.
    assertThat(documents.value(new NatsPerCharacterMetric()).value()).isEqualTo(20.0 / 11);
  }

  @Test
  void emptyTextsAmongOthersLeaveTheIntervalFinite() {
    MetricValue value =
        Evaluations.texts(Form.DOCUMENTS, "", "ab").scored(1, 3).value(new BitsPerByteMetric());
    assertThat(value.low()).isFinite();
    assertThat(value.high()).isFinite();
    assertThat(value.value()).isBetween(value.low(), value.high());
  }

  @Test
  void perplexityCountsWordsAndTheEndsOfDocumentsOrLines() {
    // 2 words, 1 word, and their ends: 5 units.
    MetricValue value =
        Evaluations.texts(Form.DOCUMENTS, "a bc", "d")
            .scored(4 * Math.log(3), 6 * Math.log(3))
            .value(new WordPerplexityMetric());
    assertThat(value.value()).isCloseTo(9, within(1e-9));
    assertThat(value.value()).isBetween(value.low(), value.high());
    // 3 words and 2 ends of lines.
    Evaluations stream = Evaluations.texts(Form.STREAM, "a b\nc \n").scored(5 * Math.log(7));
    assertThat(stream.value(new WordPerplexityMetric()).value()).isCloseTo(7, within(1e-9));
  }

  @Test
  void thereIsNoValueWithoutScoresOrUnits() {
    Evaluations empty = Evaluations.texts(Form.STREAM, "");
    assertThat(empty.values(new NatsPerCharacterMetric())).isEmpty();
    assertThat(empty.scored(0).values(new NatsPerCharacterMetric())).isEmpty();
    assertThat(empty.scored(0).values(new BitsPerByteMetric())).isEmpty();
  }

  @Test
  void eachFitsTheDataThatItsUnitMeansSomethingFor() {
    Modality table = new Modality.Tabular(3);
    Modality image = new Modality.Image(2, 2, 1, 2);
    Modality documents = new Modality.Text(Form.DOCUMENTS);
    Modality stream = new Modality.Text(Form.STREAM);
    assertFits(new NllMetric(), table, image, documents);
    assertRefuses(new NllMetric(), stream);
    assertFits(new BitsPerDimMetric(), table, image);
    assertRefuses(new BitsPerDimMetric(), documents, stream);
    assertFits(new NatsPerCharacterMetric(), documents, stream);
    assertRefuses(new NatsPerCharacterMetric(), table, image);
    assertFits(new BitsPerByteMetric(), documents, stream);
    assertRefuses(new BitsPerByteMetric(), table, image);
  }

  private static void assertFits(Metric metric, Modality... modalities) {
    for (Modality modality : modalities) {
      assertThat(metric.fits(DataSpec.of(modality))).isEqualTo(Fit.raw());
    }
  }

  private static void assertRefuses(Metric metric, Modality... modalities) {
    for (Modality modality : modalities) {
      assertThat(metric.fits(DataSpec.of(modality))).isInstanceOf(Fit.No.class);
    }
  }
}
