package dev.assay.plugins.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.spi.DataSpec;
import dev.assay.spi.FeatureProvider;
import dev.assay.spi.Features;
import dev.assay.spi.Fit;
import dev.assay.spi.Modality;
import dev.assay.spi.Values;
import dev.assay.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Features of networks that the test writes, and so knows in closed form. */
final class OnnxFeaturesTest {
  private static final Modality.Image GREY = new Modality.Image(2, 2, 1, 11);
  @TempDir private Path folder;

  private OnnxFeatures open(Modality.Image image, byte[] network, String... lines)
      throws IOException {
    Files.write(folder.resolve("net.onnx"), network);
    Path settings = folder.resolve("net.properties");
    Files.writeString(settings, "file=net.onnx\n" + String.join("\n", lines));
    return new OnnxFeatures(OnnxSettings.read(settings), image);
  }

  private static Values.Dense images(Modality.Image image, float... levels) {
    return new Values.Dense(Shape.of(image.height(), image.width(), image.channels()), levels);
  }

  /** 40 grey images, more than a batch; image i has the levels i mod 11, 1, 2 and 3. */
  private static Values.Dense many() {
    float[] levels = new float[160];
    for (int i = 0; i < 40; i++) {
      levels[4 * i] = i % 11;
      levels[4 * i + 1] = 1;
      levels[4 * i + 2] = 2;
      levels[4 * i + 3] = 3;
    }
    return images(GREY, levels);
  }

  @Test
  void featuresAreThoseOfTheNetwork() throws IOException {
    byte[] network = Onnx.network(1, 2, 2, 1, 0, 0, 10, 0, 0, 0, 100);
    try (OnnxFeatures onnx =
        open(GREY, network, "size=2x2", "channels=1", "output=features", "logits=mean")) {
      Features features = onnx.features(many());
      assertThat(features.pooled().count()).isEqualTo(40);
      for (int i = 0; i < 40; i++) {
        // Levels by ten are intensities: the first, and 10 · the second + 100 · the fourth.
        assertThat(features.pooled().data()[2 * i]).isCloseTo(i % 11 / 10f, within(1e-6f));
        assertThat(features.pooled().data()[2 * i + 1]).isCloseTo(31, within(1e-4f));
        assertThat(features.logits().orElseThrow().data()[i])
            .isCloseTo((i % 11 + 6) / 40f, within(1e-6f));
      }
      assertThat(features.spatial()).isEmpty();
    }
  }

  @Test
  void greyImagesAreEnlargedRepeatedAndNormalised() throws IOException {
    byte[] network = Onnx.network(3, 4, 4, new float[96]);
    try (OnnxFeatures onnx =
        open(GREY, network, "size=4x4", "output=mean", "mean=0.5,0,0.1", "sd=0.5,1,2")) {
      // Bilinear enlargement by a whole factor keeps the mean, here 0.4.
      float[] means = onnx.features(images(GREY, 1, 3, 5, 7)).pooled().data();
      assertThat(means[0]).isCloseTo((0.4f - 0.5f) / 0.5f, within(1e-6f));
      assertThat(means[1]).isCloseTo(0.4f, within(1e-6f));
      assertThat(means[2]).isCloseTo((0.4f - 0.1f) / 2, within(1e-6f));
    }
  }

  @Test
  void theSignatureTellsNetworksAndSettingsApart() throws IOException {
    byte[] one = Onnx.network(1, 2, 2, new float[8]);
    byte[] other = Onnx.network(1, 2, 2, 1, 0, 0, 0, 0, 0, 0, 0);
    String plain;
    String[] usual = {"size=2x2", "channels=1", "output=mean"};
    String[] brighter = {"size=2x2", "channels=1", "output=mean", "mean=0.1"};
    try (OnnxFeatures a = open(GREY, one, usual);
        OnnxFeatures b = open(GREY, other, usual);
        OnnxFeatures c = open(GREY, one, brighter);
        OnnxFeatures again = open(GREY, one, usual)) {
      plain = a.signature();
      assertThat(plain).matches("onnx@[0-9a-f]{12}/[0-9a-f]{12}");
      assertThat(a.signature()).isEqualTo(again.signature());
      assertThat(b.signature()).isNotEqualTo(a.signature());
      assertThat(c.signature()).startsWith(a.signature().substring(0, 17));
      assertThat(c.signature()).isNotEqualTo(a.signature());
    }
    try (OnnxFeatures logits =
        open(GREY, one, "size=2x2", "channels=1", "output=mean", "logits=features")) {
      assertThat(logits.signature()).isNotEqualTo(plain).startsWith(plain.substring(0, 17));
    }
  }

  @Test
  void whatIsWrongIsNamed() throws IOException {
    byte[] network = Onnx.network(1, 2, 2, new float[8]);
    assertThatThrownBy(() -> open(GREY, network, "size=2x2", "channels=1", "output=pool"))
        .hasMessageEndingWith("has no output 'pool'; it has: features, mean, turned");
    assertThatThrownBy(() -> open(GREY, network, "size=2", "output=mean"))
        .hasMessageEndingWith("'size=2' is no height and width such as 299x299");
    assertThatThrownBy(() -> open(GREY, network, "size=2x2", "output=mean", "sd=0"))
        .hasMessageEndingWith("'sd=0' is not above 0");
    for (String mean : List.of("1,2", "0.5,0.5,0.5,0.5", "0.5,,0.5", "NaN")) {
      assertThatThrownBy(() -> open(GREY, network, "size=2x2", "output=mean", "mean=" + mean))
          .hasMessageEndingWith("is neither one number nor one for each of 3 channels");
    }
    assertThatThrownBy(() -> open(GREY, network, "size=2x2", "outptu=mean"))
        .hasMessageContaining("'outptu=mean' is none; choose from file, size");
    assertThatThrownBy(() -> open(GREY, network, "size=2x2")).hasMessageContaining("is missing");
    assertThatThrownBy(() -> open(GREY, new byte[] {1, 2}, "size=2x2", "output=mean"))
        .hasMessageContaining("is no network");
    Path absent = Files.writeString(folder.resolve("a"), "file=no.onnx\nsize=2x2\noutput=mean");
    assertThatThrownBy(() -> new OnnxFeatures(OnnxSettings.read(absent), GREY))
        .hasMessageContaining("there is no network");
    assertThatThrownBy(() -> OnnxSettings.read(folder.resolve("none.properties")))
        .hasMessageStartingWith("there are no settings of a network ")
        .hasMessageEndingWith("none.properties");
  }

  @Test
  void anOutputWithoutARowForEachImageIsRefused() throws IOException {
    byte[] network = Onnx.network(1, 2, 2, new float[8]);
    try (OnnxFeatures onnx = open(GREY, network, "size=2x2", "channels=1", "output=turned")) {
      assertThatThrownBy(() -> onnx.features(many()))
          .hasMessageStartingWith("output 'turned' of ")
          .hasMessageEndingWith(
              "has the shape [2, 32] for 32 images, whose number must come first");
    }
  }

  @Test
  void itIsFoundAndFitsImagesOnceItIsSetUp() {
    FeatureProvider onnx =
        ServiceLoader.load(FeatureProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(provider -> provider.id().equals("onnx"))
            .findFirst()
            .orElseThrow();
    DataSpec images = DataSpec.of(GREY);
    assertThat(onnx.fits(images)).isInstanceOf(Fit.No.class);
    assertThat(onnx.setUp()).isFalse();
    System.setProperty("assay.onnx", "somewhere");
    try {
      assertThat(onnx.fits(images)).isEqualTo(Fit.raw());
      assertThat(onnx.fits(DataSpec.of(new Modality.Tabular(2)))).isInstanceOf(Fit.No.class);
    } finally {
      System.clearProperty("assay.onnx");
    }
  }
}
