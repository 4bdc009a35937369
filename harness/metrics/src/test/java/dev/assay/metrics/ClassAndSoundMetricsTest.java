package dev.assay.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.MetricValue;
import dev.assay.spi.Modality;
import dev.assay.spi.Values;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ClassAndSoundMetricsTest {
  private static final DataSpec TOLD =
      new DataSpec.Conditional(
          new Modality.Label(3), new Modality.Text(Modality.Text.Form.DOCUMENTS));

  @Test
  void accuracyIsTheShareOfClassesThatAreRight() {
    Values test = new Values.Labels(new int[] {0, 1, 2, 1});
    AccuracyMetric accuracy = new AccuracyMetric();
    Evaluations labels = Evaluations.of(new Modality.Label(3), test, test);
    MetricValue value = labels.sampled(new Values.Labels(new int[] {0, 1, 1, 1})).value(accuracy);
    assertThat(value.value()).isEqualTo(0.75);
    assertThat(value.n()).isEqualTo(4);
    // Beyond the test examples, which come again, nothing counts twice.
    Values longer = new Values.Labels(new int[] {0, 1, 2, 1, 1});
    assertThat(labels.sampled(longer).value(accuracy).value()).isEqualTo(1);
    assertThat(accuracy.fits(TOLD)).isInstanceOf(Fit.Yes.class);
    assertThat(accuracy.fits(DataSpec.of(new Modality.Label(3)))).isInstanceOf(Fit.No.class);
  }

  @Test
  void bitsPerSampleDivideTheBitsOfAllSoundsByTheirSamples() {
    Values sounds = new Values.Texts(List.of("\u0000\u00ff\u0080", "\u0001"));
    Evaluations sound = Evaluations.of(new Modality.Audio(8000), sounds, sounds);
    MetricValue value =
        sound.scored(5 * Math.log(2), 3 * Math.log(2)).value(new BitsPerSampleMetric());
    assertThat(value.value()).isCloseTo(2, within(1e-12));
    assertThat(new BitsPerSampleMetric().fits(TOLD)).isInstanceOf(Fit.No.class);
  }
}
