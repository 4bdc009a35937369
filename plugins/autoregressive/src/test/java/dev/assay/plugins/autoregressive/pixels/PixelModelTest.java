package dev.assay.plugins.autoregressive.pixels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.plugins.autoregressive.made.MadeConfig;
import dev.assay.plugins.autoregressive.made.MadeProvider;
import dev.assay.plugins.autoregressive.pixelcnn.PixelCnnConfig;
import dev.assay.plugins.autoregressive.pixelcnn.PixelCnnProvider;
import dev.assay.plugins.autoregressive.pixelsnail.PixelSnailConfig;
import dev.assay.plugins.autoregressive.pixelsnail.PixelSnailProvider;
import dev.assay.spi.Batch;
import dev.assay.spi.Configs;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.Infiller;
import dev.assay.spi.Modality;
import dev.assay.spi.ModelProvider;
import dev.assay.spi.Observed;
import dev.assay.spi.SampleRequest;
import dev.assay.spi.ScoreMethod;
import dev.assay.spi.Scorer;
import dev.assay.spi.Values;
import dev.assay.tensor.Backend;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.testkit.Backends;
import dev.assay.testkit.TestContext;
import dev.assay.testkit.ToyBatches;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What all models of pixels promise beyond the contract. */
final class PixelModelTest {
  private final Backend backend = Backends.open(2);

  @AfterEach
  void close() {
    backend.close();
  }

  /** A provider with settings small enough to train in a test. */
  private record Small<C extends Record>(
      ModelProvider<C, PixelSampler> provider, Map<String, ?> params) {
    Infiller<PixelSampler> trained(Backend backend, DataSpec.Conditional spec, Batch data) {
      C config = Configs.bind(provider.configType(), params);
      Infiller<PixelSampler> model =
          (Infiller<PixelSampler>) provider.create(config, TestContext.of(backend, 1, spec, data));
      ToyBatches batches = new ToyBatches(spec, data, RandomStream.root(2));
      for (int i = 0; i < 150; i++) {
        model.train(batches);
      }
      return model;
    }

    @Override
    public String toString() {
      return provider.id();
    }
  }

  static Stream<Small<?>> modelsOfOneOrder() {
    return Stream.of(
        new Small<MadeConfig>(
            new MadeProvider(),
            Map.of("hidden", List.of(32), "learning_rate", 0.02, "dropout", 0, "average", 0.8)),
        new Small<PixelCnnConfig>(
            new PixelCnnProvider(),
            Map.of("width", 8, "layers", 1, "learning_rate", 0.02, "average", 0.8)),
        new Small<PixelSnailConfig>(
            new PixelSnailProvider(),
            Map.of("width", 8, "blocks", 1, "learning_rate", 0.02, "average", 0.8)));
  }

  static Stream<Small<?>> conditionalModels() {
    Small<MadeConfig> orders =
        new Small<>(
            new MadeProvider(),
            Map.of("hidden", List.of(32), "learning_rate", 0.02, "orders", 3, "average", 0.8));
    return Stream.concat(modelsOfOneOrder(), Stream.of(orders)).map(PixelModelTest::conditional);
  }

  private static <C extends Record> Small<C> conditional(Small<C> model) {
    Map<String, Object> params = new HashMap<>(model.params());
    params.put("conditional", true);
    return new Small<>(model.provider(), params);
  }

  /** Images of 3 by 3 in which a pixel is most often as the one above or to the left. */
  private static Values.Dense images(int levels) {
    RandomStream random = RandomStream.root(3);
    float[] data = new float[9 * 200];
    for (int i = 0; i < data.length; i++) {
      int p = i % 9;
      boolean copy = p > 0 && random.nextInt(4) > 0;
      data[i] = copy ? data[p % 3 == 0 ? i - 3 : i - 1] : random.nextInt(levels);
    }
    return new Values.Dense(Shape.of(3, 3, 1), data);
  }

  @ParameterizedTest
  @MethodSource("modelsOfOneOrder")
  void aSampleIsDrawnPixelByPixelEachFromThoseBeforeIt(Small<?> small) {
    DataSpec.Conditional spec = DataSpec.of(new Modality.Image(3, 3, 1, 4));
    Batch data = Batch.of(images(4));
    PixelSampler sampler = Configs.defaults(PixelSampler.class);
    SampleRequest request = SampleRequest.of(70, RandomStream.root(4));
    try (Infiller<PixelSampler> model = small.trained(backend, spec, data)) {
      Values.Dense samples = (Values.Dense) model.sample(request, sampler).values();
      // A completion draws the first unknown pixel from what is known alone.
      for (int k = 0; k <= 9; k++) {
        boolean[] known = new boolean[9 * 70];
        for (int i = 0; i < known.length; i++) {
          known[i] = i % 9 < k;
        }
        Values completed = model.infill(request, new Observed(samples, known), sampler).values();
        assertThat(((Values.Dense) completed).data())
            .as("completion of %d pixels", k)
            .isEqualTo(samples.data());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("modelsOfOneOrder")
  void completionsOfTheFirstPixelsOccurAsOftenAsTheirConditionalMassSays(Small<?> small) {
    DataSpec.Conditional spec = DataSpec.of(new Modality.Image(2, 2, 1, 2));
    float[] train = images(2).data();
    Batch data = Batch.of(new Values.Dense(Shape.of(2, 2, 1), Arrays.copyOf(train, 400)));
    int count = 4000;
    try (Infiller<PixelSampler> model = small.trained(backend, spec, data)) {
      // all images that begin with 1, 0
      float[] four = {1, 0, 0, 0, 1, 0, 0, 1, 1, 0, 1, 0, 1, 0, 1, 1};
      double[] mass = masses(model, new Values.Dense(Shape.of(2, 2, 1), four));
      double total = Arrays.stream(mass).sum();
      float[] begun = new float[4 * count];
      boolean[] known = new boolean[4 * count];
      for (int i = 0; i < count; i++) {
        begun[4 * i] = 1;
        known[4 * i] = true;
        known[4 * i + 1] = true;
      }
      Values.Dense completed =
          (Values.Dense)
              model
                  .infill(
                      SampleRequest.of(count, RandomStream.root(8)),
                      new Observed(new Values.Dense(Shape.of(2, 2, 1), begun), known),
                      Configs.defaults(PixelSampler.class))
                  .values();
      double[] share = new double[4];
      for (int i = 0; i < count; i++) {
        int last = (int) (2 * completed.data()[4 * i + 2] + completed.data()[4 * i + 3]);
        share[last] += 1.0 / count;
      }
      for (int k = 0; k < 4; k++) {
        double p = mass[k] / total;
        assertThat(share[k])
            .as("completion %d", k)
            .isCloseTo(p, within(4.5 * Math.sqrt(p * (1 - p) / count)));
      }
    }
  }

  private static double[] masses(Infiller<PixelSampler> model, Values.Dense x) {
    Scorer scorer = (Scorer) model;
    double[] nats =
        scorer.score(Batch.of(x), scorer.methods(0).getFirst(), RandomStream.root(1), 0);
    return Arrays.stream(nats).map(v -> Math.exp(-v)).toArray();
  }

  @ParameterizedTest
  @MethodSource("conditionalModels")
  void aConditionalModelDrawsAndScoresTheImagesOfALabel(Small<?> small) {
    DataSpec.Conditional spec =
        new DataSpec.Conditional(new Modality.Image(2, 3, 1, 2), new Modality.Label(2));
    float[] data = new float[6 * 100];
    int[] labels = new int[100];
    for (int i = 0; i < 100; i++) {
      labels[i] = i % 2;
      Arrays.fill(data, 6 * i, 6 * (i + 1), labels[i]);
    }
    Values.Dense x = new Values.Dense(Shape.of(2, 3, 1), data);
    Batch batch = new Batch(x, new Values.Labels(labels));
    try (Infiller<PixelSampler> model = small.trained(backend, spec, batch)) {
      SampleRequest request = new SampleRequest(0, 100, batch.condition(), RandomStream.root(9));
      Values.Dense drawn = (Values.Dense) model.sample(request, new PixelSampler(0.5)).values();
      int equal = 0;
      for (int i = 0; i < data.length; i++) {
        equal += drawn.data()[i] == data[i] ? 1 : 0;
      }
      assertThat(equal).as("pixels of the label's colour").isGreaterThan(data.length * 9 / 10);

      Scorer scorer = (Scorer) model;
      ScoreMethod method = scorer.methods(0).getFirst();
      assertThat(method.id()).isEqualTo("exact-given-condition");
      double[] right = scorer.score(batch, method, RandomStream.root(1), 0);
      int[] swapped = Arrays.stream(labels).map(label -> 1 - label).toArray();
      double[] wrong =
          scorer.score(new Batch(x, new Values.Labels(swapped)), method, RandomStream.root(1), 0);
      assertThat(right[0]).isLessThan(wrong[0]);
      assertThat(right[1]).isLessThan(wrong[1]);
    }
  }

  @Test
  void aLowTemperatureDrawsTheLikeliestLevel() {
    Small<MadeConfig> small =
        new Small<>(
            new MadeProvider(), Map.of("hidden", List.of(8), "learning_rate", 0.05, "average", 0));
    DataSpec.Conditional spec = DataSpec.of(new Modality.Image(1, 2, 1, 3));
    // level 2 first in two of three, and always 1 after it
    float[] three = {2, 1, 2, 1, 0, 0};
    Batch data = Batch.of(new Values.Dense(Shape.of(1, 2, 1), three));
    try (Infiller<PixelSampler> model = small.trained(backend, spec, data)) {
      SampleRequest request = SampleRequest.of(50, RandomStream.root(1));
      Values.Dense drawn = (Values.Dense) model.sample(request, new PixelSampler(0.01)).values();
      for (int i = 0; i < 50; i++) {
        assertThat(Arrays.copyOfRange(drawn.data(), 2 * i, 2 * i + 2)).containsExactly(2, 1);
      }
    }
  }

  @Test
  void aMisfitSaysWhatIsWrongWithTheData() {
    Modality grey = new Modality.Image(2, 2, 1, 256);
    assertThat(PixelData.fit(DataSpec.of(grey), false)).isEqualTo(Fit.raw());
    assertThat(PixelData.fit(DataSpec.of(grey), true))
        .isEqualTo(Fit.no("it is to be conditional, and these images have no labels"));
    assertThat(PixelData.fit(DataSpec.of(new Modality.Image(2, 2, 1, 257)), false))
        .isEqualTo(Fit.no("it models at most 256 levels, and these images have 257"));
    assertThat(PixelData.fitGrey(DataSpec.of(new Modality.Image(2, 2, 3, 256)), false))
        .isEqualTo(Fit.no("it models images of one channel, and these have 3"));
    assertThat(
            new MadeProvider()
                .fits(
                    Configs.defaults(MadeConfig.class),
                    DataSpec.of(new Modality.Image(28, 28, 1, 256))))
        .isEqualTo(Fit.no("it has a unit for each level of each pixel, at most 65536, not 200704"));
  }
}
