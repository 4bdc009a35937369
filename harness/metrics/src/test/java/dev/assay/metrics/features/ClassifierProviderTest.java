package dev.assay.metrics.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.nn.ParameterStore;
import dev.assay.spi.Batch;
import dev.assay.spi.Configs;
import dev.assay.spi.DataPreparer;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Dataset;
import dev.assay.spi.DatasetCard;
import dev.assay.spi.DatasetFiles;
import dev.assay.spi.DatasetProvider;
import dev.assay.spi.FeatureExtractor;
import dev.assay.spi.FeatureProvider;
import dev.assay.spi.Features;
import dev.assay.spi.Fit;
import dev.assay.spi.Modality;
import dev.assay.spi.PreparedData;
import dev.assay.spi.Values;
import dev.assay.tensor.Backend;
import dev.assay.tensor.BackendProvider;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class ClassifierProviderTest {
  private static final DataSpec SMALL =
      new DataSpec.Conditional(new Modality.Image(5, 7, 2, 4), new Modality.Label(2));

  private final Kept kept = new Kept();

  /** Keeps in memory. */
  private static final class Kept implements FeatureProvider.Context {
    private final Map<String, byte[]> files = new HashMap<>();
    private int steps;

    @Override
    public Optional<byte[]> get(String name) {
      return Optional.ofNullable(files.get(name));
    }

    @Override
    public void put(String name, byte[] content) {
      files.put(name, content);
    }

    @Override
    public void trained(long done, long of) {
      steps++;
    }
  }

  @Test
  void digitsAreClassifiedWithAnAccuracyOf97PercentByTheWeightsThatShip() throws IOException {
    assertThat(accuracy(catalogued("uci-digits"))).isGreaterThanOrEqualTo(0.97);
    assertThat(kept.steps).isZero();
  }

  @Test
  void digitsAreClassifiedWithAnAccuracyOf97PercentByANetworkTrainedNow() throws IOException {
    PreparedData data = catalogued("uci-digits");
    Modality.Image image = (Modality.Image) data.spec().x();
    try (Backend backend = cpu()) {
      ParameterStore weights = new ParameterStore(backend, ClassifierTraining.initial());
      ClassifierNetwork network = new ClassifierNetwork(weights, image, 10);
      new ClassifierTraining(data.train(), image)
          .run(backend, weights, network, (done, steps) -> {});
      try (FeatureExtractor extractor = new ClassifierFeatures(backend, weights, network, image)) {
        assertThat(accuracy(extractor, data)).isGreaterThanOrEqualTo(0.97);
      }
    }
  }

  @Test
  @Tag("slow")
  void fashionIsClassifiedWithAnAccuracyOf916PermilleAtLeast() throws IOException {
    Assumptions.assumeTrue(
        System.getenv("ASSAY_MIRROR") != null, "ASSAY_MIRROR names no mirror of the datasets");
    assertThat(accuracy(catalogued("fashion-mnist"))).isGreaterThanOrEqualTo(0.916);
  }

  @Test
  void theSameDataGiveTheSameWeightsAndOtherDataOthers() throws IOException {
    String once = signature(small(1));
    kept.files.clear();
    assertThat(signature(small(1))).isEqualTo(once).matches("classifier@[0-9a-f]{12}");
    assertThat(signature(small(2))).isNotEqualTo(once);
  }

  @Test
  void whatIsKeptIsNotTrainedAgainAndWhatIsDamagedIs() throws IOException {
    String first = signature(small(1));
    int steps = kept.steps;
    assertThat(steps).isPositive();
    assertThat(signature(small(1))).isEqualTo(first);
    assertThat(kept.steps).isEqualTo(steps);
    kept.files.replaceAll((name, content) -> Arrays.copyOf(content, content.length - 1));
    assertThat(signature(small(1))).isEqualTo(first);
    assertThat(kept.steps).isEqualTo(2 * steps);
  }

  @Test
  void featuresAreThoseOfEachImageAloneWhateverComesAfterIt() throws IOException {
    PreparedData data = small(1);
    try (Backend backend = cpu();
        FeatureExtractor extractor = new ClassifierProvider().open(data, backend, kept)) {
      Values.Dense images = data.train().dense();
      Features all = extractor.features(images);
      Features three = extractor.features((Values.Dense) images.range(0, 3));
      assertThat(all.pooled().item()).isEqualTo(Shape.of(128));
      assertThat(all.pooled().count()).isEqualTo(images.count());
      assertThat(three.pooled().data()).isEqualTo(Arrays.copyOf(all.pooled().data(), 3 * 128));
      assertThat(three.logits().orElseThrow().width()).isEqualTo(2);
      assertThat(three.spatial().orElseThrow().count()).isEqualTo(3);
    }
  }

  @Test
  void dataWithoutClassesOrOfTooFewPixelsDoNotFit() {
    ClassifierProvider provider = new ClassifierProvider();
    assertThat(provider.fits(SMALL)).isInstanceOf(Fit.Yes.class);
    assertThat(provider.fits(DataSpec.of(new Modality.Image(8, 8, 1, 2))))
        .isEqualTo(Fit.no("a classifier needs images of at least two classes"));
    assertThat(
            provider.fits(
                new DataSpec.Conditional(new Modality.Image(8, 3, 1, 2), new Modality.Label(9))))
        .isEqualTo(Fit.no("the classifier needs images of at least 4×4 pixels"));
  }

  private String signature(PreparedData data) throws IOException {
    try (Backend backend = cpu();
        FeatureExtractor extractor = new ClassifierProvider().open(data, backend, kept)) {
      return extractor.signature();
    }
  }

  private double accuracy(PreparedData data) throws IOException {
    try (Backend backend = cpu();
        FeatureExtractor extractor = new ClassifierProvider().open(data, backend, kept)) {
      return accuracy(extractor, data);
    }
  }

  private static double accuracy(FeatureExtractor extractor, PreparedData data) {
    Values.Dense logits = extractor.features(data.test().dense()).logits().orElseThrow();
    int[] labels = ((Values.Labels) data.test().condition()).labels();
    int right = 0;
    for (int i = 0; i < labels.length; i++) {
      right += best(logits, i) == labels[i] ? 1 : 0;
    }
    return (double) right / labels.length;
  }

  private static int best(Values.Dense rows, int i) {
    int best = 0;
    for (int c = 1; c < rows.width(); c++) {
      if (rows.data()[i * rows.width() + c] > rows.data()[i * rows.width() + best]) {
        best = c;
      }
    }
    return best;
  }

  private static Backend cpu() {
    return ServiceLoader.load(BackendProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(provider -> provider.id().equals("cpu"))
        .findFirst()
        .orElseThrow()
        .open(BackendProvider.Settings.standard());
  }

  private static PreparedData catalogued(String id) throws IOException {
    DatasetFiles files = ServiceLoader.load(DatasetFiles.class).findFirst().orElseThrow();
    for (DatasetProvider provider : ServiceLoader.load(DatasetProvider.class)) {
      if (provider.cards().stream().anyMatch(card -> card.id().equals(id))) {
        return prepare(preparer(), provider.load(id, files));
      }
    }
    throw new IllegalArgumentException(id);
  }

  /** 150 noisy images, dark ones of class 0 and bright ones of class 1. */
  private static PreparedData small(long seed) {
    RandomStream random = RandomStream.root(seed);
    int count = 150;
    int width = 5 * 7 * 2;
    float[] pixels = new float[count * width];
    int[] labels = new int[count];
    for (int i = 0; i < pixels.length; i++) {
      labels[i / width] = i / width % 2;
      pixels[i] = random.nextInt(3) + labels[i / width];
    }
    Batch images =
        new Batch(new Values.Dense(Shape.of(5, 7, 2), pixels), new Values.Labels(labels));
    DatasetCard card = new DatasetCard("small", "Small", SMALL, "", "", "", "", List.of());
    return prepare(
        preparer(), new Dataset(card, images, Optional.empty(), images, Optional.empty()));
  }

  private static DataPreparer<?, ?> preparer() {
    return ServiceLoader.load(DataPreparer.class).findFirst().orElseThrow();
  }

  private static <S extends Record, P extends Record> PreparedData prepare(
      DataPreparer<S, P> preparer, Dataset dataset) {
    return preparer.prepare(
        dataset,
        Configs.defaults(preparer.splitType()),
        Configs.defaults(preparer.preprocessType()));
  }
}
