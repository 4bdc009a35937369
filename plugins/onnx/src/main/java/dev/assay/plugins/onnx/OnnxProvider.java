package dev.assay.plugins.onnx;

import com.google.auto.service.AutoService;
import dev.assay.spi.DataSpec;
import dev.assay.spi.FeatureExtractor;
import dev.assay.spi.FeatureProvider;
import dev.assay.spi.Fit;
import dev.assay.spi.Modality;
import dev.assay.spi.PreparedData;
import dev.assay.tensor.Backend;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Opens the ONNX network that the user has set up: {@code ASSAY_ONNX}, or the system property
 * {@code assay.onnx}, names a file of {@link OnnxSettings}.
 */
@AutoService(FeatureProvider.class)
public final class OnnxProvider implements FeatureProvider {
  private static final String PROPERTY = "assay.onnx";
  private static final String VARIABLE = "ASSAY_ONNX";

  @Override
  public String id() {
    return "onnx";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public boolean setUp() {
    return settings().isPresent();
  }

  @Override
  public Fit fits(DataSpec spec) {
    if (!(spec instanceof DataSpec.Conditional(Modality.Image _, Modality _))) {
      return Fit.no("an ONNX network sees images");
    }
    return settings().isPresent()
        ? Fit.raw()
        : Fit.no(VARIABLE + " names no file of settings of a network");
  }

  @Override
  public FeatureExtractor open(PreparedData data, Backend backend, Context context)
      throws IOException {
    if (!(data.spec().x() instanceof Modality.Image image)) {
      throw new IllegalArgumentException("no images: " + data.spec());
    }
    return new OnnxFeatures(OnnxSettings.read(settings().orElseThrow()), image);
  }

  private static Optional<Path> settings() {
    return Optional.ofNullable(System.getProperty(PROPERTY, System.getenv(VARIABLE)))
        .filter(file -> !file.isBlank())
        .map(Path::of);
  }
}
