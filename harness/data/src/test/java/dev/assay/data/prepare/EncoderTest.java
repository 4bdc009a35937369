package dev.assay.data.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.spi.Batch;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Dataset;
import dev.assay.spi.EncodedData;
import dev.assay.spi.Fit;
import dev.assay.spi.Modality;
import dev.assay.spi.PreparedData;
import dev.assay.spi.ScoreMethod;
import dev.assay.spi.ScoreMethod.Kind;
import dev.assay.spi.ScoreMethod.Measure;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EncoderTest {
  private static final RandomStream NOISE = RandomStream.root(5).child("noise");

  private static EncodedData continuous(Dataset dataset) {
    return Toys.plain(dataset).encoded(Fit.Encoding.CONTINUOUS);
  }

  private static float[] encode(EncodedData data, Batch raw) {
    return data.encode(raw, NOISE, 0).batch().dense().data();
  }

  private static float[] decode(EncodedData data, Values values) {
    return ((Values.Dense) data.decode(values)).data();
  }

  @Test
  void columnsOfTheTrainingPartGetZeroMeanAndUnitDeviation() {
    Dataset table = Toys.table(101, 3);
    EncodedData data = continuous(table);
    float[] x = encode(data, table.train());
    // Column 0 is 0 … 100: mean 50, variance (101² − 1) / 12.
    double deviation = Math.sqrt((101 * 101 - 1) / 12.0);
    assertThat(x[0]).isCloseTo((float) (-50 / deviation), within(1e-6f));
    assertThat(x[1]).isCloseTo((float) (-50 / deviation), within(1e-6f));
    assertThat(x[100]).isCloseTo(0, within(1e-6f));
    assertThat(encode(data, table.test())[2]).isCloseTo((float) (-49 / deviation), within(1e-6f));
    assertThat(data.batches(NOISE).all().dense().data()).isEqualTo(x);
  }

  @Test
  void aConstantColumnBecomesZero() {
    float[] rows = {5.1f, 1, 5.1f, 2, 5.1f, 3};
    Batch batch = Batch.of(new Values.Dense(Shape.of(2), rows));
    Dataset dataset = Toys.of(DataSpec.of(new Modality.Tabular(2)), batch, batch);
    float[] x = encode(continuous(dataset), batch);
    assertThat(new float[] {x[0], x[2], x[4]}).containsExactly(0, 0, 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 17, 256})
  void everyLevelIsFoundAgainWhateverTheNoise(int levels) {
    Dataset images = Toys.images(3000, 5, levels);
    EncodedData data = continuous(images);
    Batch encoded = data.encode(images.train(), NOISE, 0).batch();
    assertThat(decode(data, encoded.x())).isEqualTo(images.train().dense().data());
    for (float level : decode(data, data.batches(NOISE).next(3000).x())) {
      assertThat(level).isBetween(0f, levels - 1f).isEqualTo((float) Math.rint(level));
    }
  }

  @Test
  void samplesOutsideTheLevelsAreClipped() {
    float[] wild = new float[15];
    wild[0] = -100;
    wild[1] = 100;
    EncodedData data = continuous(Toys.images(20, 5, 4));
    assertThat(decode(data, new Values.Dense(Shape.of(3, 5, 1), wild))).startsWith(0, 3);
  }

  @Test
  void imagesKeepOneScaleWithMeanZeroAndDeviationOneOverAllPixels() {
    Dataset images = Toys.images(4000, 5, 17);
    double sum = 0;
    double squares = 0;
    float[] x = encode(continuous(images), images.train());
    for (float value : x) {
      sum += value;
      squares += value * value;
    }
    assertThat(sum / x.length).isCloseTo(0, within(0.001));
    assertThat(squares / x.length).isCloseTo(1, within(0.001));
  }

  @Test
  void noiseDependsOnTheExampleAloneAndNotOnItsBatch() {
    Dataset images = Toys.images(4, 20, 17);
    EncodedData data = continuous(images);
    float[] whole = encode(data, images.test());
    EncodedData.Encoded part = data.encode(images.test().range(7, 9), NOISE, 7);
    assertThat(part.batch().dense().data()).isEqualTo(Arrays.copyOfRange(whole, 7 * 15, 9 * 15));
    // Images 0 and 17 are equal; their noise is not.
    assertThat(whole[0]).isNotEqualTo(whole[17 * 15]);
  }

  @Test
  void tableValuesComeBack() {
    Dataset table = Toys.table(50, 9);
    EncodedData data = continuous(table);
    float[] back = decode(data, data.encode(table.test(), NOISE, 0).batch().x());
    float[] raw = table.test().dense().data();
    for (int i = 0; i < raw.length; i++) {
      assertThat(back[i]).isCloseTo(raw[i], within(1e-4f));
    }
  }

  /** The maps act on each number alone, so ln |det| is the sum of ln of central differences. */
  @Test
  void theLogDeterminantIsThatOfTheNumericJacobian() {
    for (Dataset dataset : new Dataset[] {Toys.table(30, 2), Toys.images(30, 2, 17)}) {
      EncodedData data = continuous(dataset);
      Batch first = dataset.test().range(0, 1);
      int width = first.dense().width();
      double expected = 0;
      for (int j = 0; j < width; j++) {
        Batch above = first.select(new int[] {0});
        above.dense().data()[j] += 2;
        Batch below = first.select(new int[] {0});
        below.dense().data()[j] -= 2;
        expected += Math.log((encode(data, above)[j] - encode(data, below)[j]) / 4);
      }
      assertThat(data.encode(first, NOISE, 0).logDeterminants()[0])
          .isCloseTo(expected, within(1e-4));
    }
  }

  /** A standard normal model of standardised columns is N(mean, deviation²) of the raw ones. */
  @Test
  void scoresLessTheLogDeterminantAreInRawUnits() {
    Dataset table = Toys.table(101, 4);
    EncodedData.Encoded encoded = continuous(table).encode(table.test(), NOISE, 0);
    double variance = (101 * 101 - 1) / 12.0;
    for (int i = 0; i < 4; i++) {
      double nats = 0;
      for (int j = 0; j < 2; j++) {
        double z = encoded.batch().dense().data()[2 * i + j];
        nats += 0.5 * z * z + 0.5 * Math.log(2 * Math.PI);
      }
      double gap = (i - 50) * (i - 50) / variance;
      double expected =
          0.5 * (gap + Math.log(2 * Math.PI * variance))
              + 0.5 * (gap + Math.log(2 * Math.PI * variance * 100));
      assertThat(nats - encoded.logDeterminants()[i]).isCloseTo(expected, within(1e-5));
    }
  }

  @Test
  void aDensityOverDequantisedLevelsCountsAsALowerBoundOnMass() {
    EncodedData images = continuous(Toys.images(9, 2, 17));
    assertThat(images.rawMethod(ScoreMethod.exact(Measure.DENSITY)))
        .isEqualTo(new ScoreMethod("exact-dequantized", Kind.LOWER_BOUND, Measure.MASS, 0));
    ScoreMethod estimate = new ScoreMethod("ais", Kind.ESTIMATE, Measure.DENSITY, 5);
    assertThat(images.rawMethod(estimate).kind()).isEqualTo(Kind.ESTIMATE);
    ScoreMethod density = ScoreMethod.exact(Measure.DENSITY);
    assertThat(continuous(Toys.table(9, 2)).rawMethod(density)).isEqualTo(density);
    ScoreMethod mass = ScoreMethod.exact(Measure.MASS);
    assertThat(Toys.plain(Toys.images(9, 2, 17)).encoded(Fit.Encoding.RAW).rawMethod(mass))
        .isEqualTo(mass);
  }

  @Test
  void rawEncodingIsTheDataItself() {
    PreparedData prepared = Toys.plain(Toys.images(9, 2, 17));
    EncodedData raw = prepared.encoded(Fit.Encoding.RAW);
    EncodedData.Encoded test = raw.encode(prepared.test(), NOISE, 0);
    assertThat(test.batch()).isSameAs(prepared.test());
    assertThat(test.logDeterminants()).containsExactly(0, 0);
    assertThat(raw.decode(test.batch().x())).isSameAs(prepared.test().x());
    assertThat(raw.batches(NOISE).all()).isSameAs(prepared.train());
    assertThat(prepared.encoded(Fit.Encoding.RAW)).isSameAs(raw);
  }
}
