package dev.assay.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.metrics.audio.Cepstra;
import dev.assay.metrics.audio.Spectra;
import dev.assay.metrics.audio.Warping;
import dev.assay.metrics.samples.CepstralDistortionMetric;
import dev.assay.metrics.samples.LogSpectralDistanceMetric;
import dev.assay.spi.Metric;
import dev.assay.spi.MetricValue;
import dev.assay.spi.Modality;
import dev.assay.spi.MuLaw;
import dev.assay.spi.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

final class SoundMetricsTest {
  private static final int RATE = 8000;
  static final List<Metric> METRICS =
      List.of(new CepstralDistortionMetric(), new LogSpectralDistanceMetric());

  private static double[] sine(double hertz, double amplitude, int samples) {
    double[] sine = new double[samples];
    Arrays.setAll(sine, i -> amplitude * Math.sin(2 * Math.PI * hertz * i / RATE));
    return sine;
  }

  private static String sound(double... signal) {
    StringBuilder codes = new StringBuilder();
    for (double x : signal) {
      codes.append((char) MuLaw.encode((short) Math.round(x * 32000)));
    }
    return codes.toString();
  }

  private static Evaluations sounds(List<String> held, List<String> samples) {
    return Evaluations.of(new Modality.Audio(RATE), new Values.Texts(held), new Values.Texts(held))
        .sampled(new Values.Texts(samples));
  }

  /** Twelve tones from {@code from} Hz upwards. */
  private static List<String> tones(double from, double amplitude) {
    List<String> tones = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      tones.add(sound(sine(from + 50 * i, amplitude, 600)));
    }
    return tones;
  }

  @Test
  void theSpectrumOfASineHasItsPowerInItsBin() {
    double[][] powers = Spectra.powers(sine(1000, 1, 2000), RATE);
    // Frames of 256 samples every 80; bins of 31.25 Hz.
    assertThat(powers).hasDimensions(1 + (2000 - 256) / 80, 129);
    for (double[] frame : powers) {
      assertThat(frame[32]).isCloseTo(1, within(1e-9));
      assertThat(frame[31]).isCloseTo(0.25, within(1e-9));
      assertThat(frame[40]).isLessThan(1e-7);
    }
  }

  @Test
  void theFastTransformIsTheTransform() {
    double[] signal = new double[256];
    Arrays.setAll(signal, i -> Math.sin(i * i * 0.013) * Math.cos(3.0 * i));
    double[] powers = Spectra.powers(signal, RATE)[0];
    for (int bin : new int[] {0, 1, 17, 64, 127, 128}) {
      double real = 0;
      double imaginary = 0;
      for (int i = 0; i < 256; i++) {
        double x = signal[i] * (0.5 - 0.5 * Math.cos(2 * Math.PI * i / 256));
        real += x * Math.cos(2 * Math.PI * bin * i / 256);
        imaginary -= x * Math.sin(2 * Math.PI * bin * i / 256);
      }
      double power = 16 * (real * real + imaginary * imaginary) / 256 / 256;
      assertThat(powers[bin]).as("bin %d", bin).isCloseTo(Math.max(1e-8, power), within(1e-12));
    }
  }

  @Test
  void loudnessChangesTheSpectrumByItsDecibelsAndTheCepstraNotAtAll() {
    double[] signal = new double[600];
    Arrays.setAll(signal, i -> Math.sin(i * i * 0.013) * Math.cos(3.0 * i));
    double[] half = Arrays.stream(signal).map(x -> x / 2).toArray();
    double[][] loud = Spectra.powers(signal, RATE);
    double[][] quiet = Spectra.powers(half, RATE);
    assertThat(Spectra.logDistance(loud, quiet)).isCloseTo(20 * Math.log10(2), within(0.05));
    double[][] one = Cepstra.of(loud, RATE);
    double[][] other = Cepstra.of(quiet, RATE);
    assertThat(Cepstra.distortion(one, other)).isLessThan(0.05);
    assertThat(one[0][0] - other[0][0]).isCloseTo(2 * Math.log(2) * Math.sqrt(24), within(0.05));
  }

  @Test
  void aSoundIsAlignedWithItselfPlayedSlower() {
    Warping slow = Warping.of(3, 6, (i, j) -> Math.abs(i - j / 2));
    assertThat(slow).isEqualTo(new Warping(0, 6));
  }

  @ParameterizedTest
  @FieldSource("METRICS")
  void equalSoundsAreAtNoDistanceInAnyOrderAndOthersAtSome(Metric metric) {
    List<String> held = tones(400, 0.5);
    List<String> shuffled = new ArrayList<>(held);
    Collections.reverse(shuffled);
    assertThat(sounds(held, shuffled).value(metric).value()).isZero();
    MetricValue near = sounds(held, tones(410, 0.5)).value(metric);
    MetricValue far = sounds(held, tones(2500, 0.5)).value(metric);
    assertThat(near.value()).isPositive().isLessThan(far.value());
    assertThat(far.low()).isLessThanOrEqualTo(far.value());
    assertThat(far.unit()).isEqualTo("dB");
    assertThat(far.signature()).isEqualTo("v1|n:12|held:12|aligned");
  }

  @ParameterizedTest
  @FieldSource("METRICS")
  void emptyShortAndSilentSoundsHaveADistanceToo(Metric metric) {
    List<String> held = tones(400, 0.5);
    List<String> odd = new ArrayList<>(Collections.nCopies(9, ""));
    odd.add(sound(0));
    odd.add(sound(new double[700]));
    assertThat(sounds(held, odd).value(metric).value()).isPositive().isFinite();
    assertThat(sounds(odd, odd).value(metric).value()).isZero();
    assertThat(sounds(held, held.subList(0, 9)).values(metric)).isEmpty();
  }
}
