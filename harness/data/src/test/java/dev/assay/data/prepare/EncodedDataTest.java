package dev.assay.data.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.spi.Batch;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Dataset;
import dev.assay.spi.Fit;
import dev.assay.spi.Modality;
import dev.assay.spi.ScoreMethod;
import dev.assay.spi.ScoreMethod.Kind;
import dev.assay.spi.ScoreMethod.Measure;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EncodedDataTest {
  @Test
  void columnsOfTheTrainingPartGetZeroMeanAndUnitDeviation() {
    EncodedData data = Toys.plain(Toys.table(101, 3)).encode(Fit.Encoding.CONTINUOUS);
    float[] x = data.train().dense().data();
    // Column 0 is 0 … 100: mean 50, variance (101² − 1) / 12.
    double deviation = Math.sqrt((101 * 101 - 1) / 12.0);
    assertThat(x[0]).isCloseTo((float) (-50 / deviation), within(1e-6f));
    assertThat(x[1]).isCloseTo((float) (-50 / deviation), within(1e-6f));
    assertThat(x[100]).isCloseTo(0, within(1e-6f));
    assertThat(data.test().dense().data()[2]).isCloseTo((float) (-49 / deviation), within(1e-6f));
  }

  @Test
  void aConstantColumnBecomesZero() {
    float[] rows = {5, 1, 5, 2, 5, 3};
    Batch batch = Batch.of(new Values.Dense(Shape.of(2), rows));
    Dataset dataset = Toys.of(DataSpec.of(new Modality.Tabular(2)), batch, batch);
    float[] x = Toys.plain(dataset).encode(Fit.Encoding.CONTINUOUS).train().dense().data();
    assertThat(new float[] {x[0], x[2], x[4]}).containsExactly(0, 0, 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 17, 256})
  void everyLevelIsFoundAgainWhateverTheNoise(int levels) {
    EncodedData data = Toys.plain(Toys.images(3000, 5, levels)).encode(Fit.Encoding.CONTINUOUS);
    Values.Dense raw = data.prepared().train().dense();
    assertThat(((Values.Dense) data.raw(data.train().x())).data()).isEqualTo(raw.data());
    Batch fresh = data.batches(RandomStream.root(3)).next(3000);
    for (float level : ((Values.Dense) data.raw(fresh.x())).data()) {
      assertThat(level).isBetween(0f, levels - 1f).isEqualTo((float) Math.rint(level));
    }
  }

  @Test
  void samplesOutsideTheLevelsAreClipped() {
    EncodedData data = Toys.plain(Toys.images(20, 5, 4)).encode(Fit.Encoding.CONTINUOUS);
    float[] wild = new float[15];
    wild[0] = -100;
    wild[1] = 100;
    Values.Dense raw = (Values.Dense) data.raw(new Values.Dense(Shape.of(3, 5, 1), wild));
    assertThat(raw.data()[0]).isZero();
    assertThat(raw.data()[1]).isEqualTo(3);
  }

  @Test
  void imagesKeepOneScaleWithMeanZeroAndDeviationOneOverAllPixels() {
    EncodedData data = Toys.plain(Toys.images(4000, 5, 17)).encode(Fit.Encoding.CONTINUOUS);
    double sum = 0;
    double squares = 0;
    float[] x = data.train().dense().data();
    for (float value : x) {
      sum += value;
      squares += value * value;
    }
    assertThat(sum / x.length).isCloseTo(0, within(0.001));
    assertThat(squares / x.length).isCloseTo(1, within(0.001));
  }

  @Test
  void tableValuesComeBack() {
    EncodedData data = Toys.plain(Toys.table(50, 9)).encode(Fit.Encoding.CONTINUOUS);
    float[] back = ((Values.Dense) data.raw(data.test().x())).data();
    float[] raw = data.prepared().test().dense().data();
    for (int i = 0; i < raw.length; i++) {
      assertThat(back[i]).isCloseTo(raw[i], within(1e-4f));
    }
  }

  /** The maps act on each number alone, so ln |det| is the sum of ln of central differences. */
  @Test
  void theLogDeterminantIsThatOfTheNumericJacobian() {
    for (Dataset dataset : new Dataset[] {Toys.table(30, 2), Toys.images(30, 2, 17)}) {
      Transform transform = Toys.plain(dataset).encode(Fit.Encoding.CONTINUOUS).transform();
      float[] raw = dataset.test().dense().data();
      int width = dataset.test().dense().width();
      double expected = 0;
      for (int j = 0; j < width; j++) {
        float[] above = raw.clone();
        float[] below = raw.clone();
        above[j] += 2;
        below[j] -= 2;
        transform.forward(above, 0, width, 99);
        transform.forward(below, 0, width, 99);
        expected += Math.log((above[j] - below[j]) / 4);
      }
      float[] encoded = raw.clone();
      transform.forward(encoded, 0, width, 99);
      assertThat(transform.logDetJacobian(encoded, 0, width)).isCloseTo(expected, within(1e-4));
    }
  }

  /** A standard normal model of standardised columns is N(mean, deviation²) of the raw ones. */
  @Test
  void scoresComeBackInRawUnits() {
    EncodedData data = Toys.plain(Toys.table(101, 4)).encode(Fit.Encoding.CONTINUOUS);
    Batch test = data.test();
    double[] nats = new double[4];
    for (int i = 0; i < 8; i++) {
      double z = test.dense().data()[i];
      nats[i / 2] += 0.5 * z * z + 0.5 * Math.log(2 * Math.PI);
    }
    double[] raw = data.rawNats(test, nats);
    double variance = (101 * 101 - 1) / 12.0;
    for (int i = 0; i < 4; i++) {
      double gap = (i - 50) * (i - 50) / variance;
      double expected =
          0.5 * (gap + Math.log(2 * Math.PI * variance))
              + 0.5 * (gap + Math.log(2 * Math.PI * variance * 100));
      assertThat(raw[i]).isCloseTo(expected, within(1e-5));
    }
  }

  @Test
  void aDensityOverDequantisedLevelsCountsAsALowerBoundOnMass() {
    EncodedData images = Toys.plain(Toys.images(9, 2, 17)).encode(Fit.Encoding.CONTINUOUS);
    assertThat(images.rawMethod(ScoreMethod.exact(Measure.DENSITY)))
        .isEqualTo(new ScoreMethod("exact-dequantized", Kind.LOWER_BOUND, Measure.MASS, 0));
    ScoreMethod estimate = new ScoreMethod("ais", Kind.ESTIMATE, Measure.DENSITY, 5);
    assertThat(images.rawMethod(estimate).kind()).isEqualTo(Kind.ESTIMATE);
    EncodedData table = Toys.plain(Toys.table(9, 2)).encode(Fit.Encoding.CONTINUOUS);
    ScoreMethod density = ScoreMethod.exact(Measure.DENSITY);
    assertThat(table.rawMethod(density)).isEqualTo(density);
    EncodedData raw = Toys.plain(Toys.images(9, 2, 17)).encode(Fit.Encoding.RAW);
    ScoreMethod mass = ScoreMethod.exact(Measure.MASS);
    assertThat(raw.rawMethod(mass)).isEqualTo(mass);
  }

  @Test
  void rawEncodingIsTheDataItself() {
    PreparedData prepared = Toys.plain(Toys.images(9, 2, 17));
    EncodedData raw = prepared.encode(Fit.Encoding.RAW);
    assertThat(raw.test()).isSameAs(prepared.test());
    assertThat(raw.train()).isSameAs(prepared.train());
    assertThat(raw.rawNats(raw.test(), new double[] {1, 2})).containsExactly(1, 2);
    assertThat(raw.signature())
        .isEqualTo("split:train=0,valid=0,test=0|binarize:none|encoding:raw");
  }
}
