package dev.assay.metrics.features;

import com.google.auto.service.AutoService;
import dev.assay.nn.ParameterStore;
import dev.assay.spi.DataSpec;
import dev.assay.spi.FeatureExtractor;
import dev.assay.spi.FeatureProvider;
import dev.assay.spi.Fit;
import dev.assay.spi.Modality;
import dev.assay.spi.PreparedData;
import dev.assay.tensor.Backend;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * A classifier of the labelled images at hand: shipped, kept from an earlier command, or trained
 * now.
 */
@AutoService(FeatureProvider.class)
public final class ClassifierProvider implements FeatureProvider {
  static final String ID = "classifier";

  /** To be raised when the network or its training changes. */
  private static final int VERSION = 1;

  private static final int DIGITS = 16;

  @Override
  public String id() {
    return ID;
  }

  @Override
  public int version() {
    return VERSION;
  }

  @Override
  public boolean setUp() {
    return false;
  }

  @Override
  public Fit fits(DataSpec spec) {
    if (!(spec instanceof DataSpec.Conditional(Modality.Image image, Modality.Label label))
        || label.classes() < 2) {
      return Fit.no("a classifier needs images of at least two classes");
    }
    int side = ClassifierNetwork.SMALLEST_SIDE;
    return image.height() >= side && image.width() >= side
        ? Fit.raw()
        : Fit.no("the classifier needs images of at least " + side + "×" + side + " pixels");
  }

  @Override
  public FeatureExtractor open(PreparedData data, Backend backend, Context context)
      throws IOException {
    if (!(data.spec()
        instanceof DataSpec.Conditional(Modality.Image image, Modality.Label label))) {
      throw new IllegalArgumentException("no labelled images: " + data.spec());
    }
    ParameterStore weights = new ParameterStore(backend, ClassifierTraining.initial());
    ClassifierNetwork network = new ClassifierNetwork(weights, image, label.classes());
    String name = name(data);
    if (!known(weights, shipped(name)) && !known(weights, context.get(name))) {
      new ClassifierTraining(data.train(), image).run(backend, weights, network, context::trained);
      context.put(name, Weights.bytes(weights));
    }
    return new ClassifierFeatures(backend, weights, network, image);
  }

  /** The file of the weights for some data. */
  static String name(PreparedData data) {
    return ID + "-v" + VERSION + "-" + data.hash().substring(0, DIGITS) + ".f32";
  }

  private static boolean known(ParameterStore weights, Optional<byte[]> content) {
    return content.isPresent() && Weights.restore(weights, content.get());
  }

  private static Optional<byte[]> shipped(String name) throws IOException {
    try (InputStream in = ClassifierProvider.class.getResourceAsStream(name)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    }
  }
}
