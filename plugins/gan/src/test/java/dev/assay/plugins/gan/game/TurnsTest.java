package dev.assay.plugins.gan.game;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.plugins.gan.biggan.BigGanProvider;
import dev.assay.plugins.gan.cgan.CganProvider;
import dev.assay.plugins.gan.dcgan.DcganProvider;
import dev.assay.plugins.gan.original.GanProvider;
import dev.assay.plugins.gan.stylegan.StyleGanProvider;
import dev.assay.plugins.gan.wgan.WganProvider;
import dev.assay.plugins.gan.wgangp.WganGpProvider;
import dev.assay.spi.Batch;
import dev.assay.spi.Configs;
import dev.assay.spi.DataSpec;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Modality;
import dev.assay.spi.ModelProvider;
import dev.assay.spi.Values;
import dev.assay.tensor.Backend;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.testkit.Backends;
import dev.assay.testkit.MapStateStore;
import dev.assay.testkit.TestContext;
import dev.assay.testkit.ToyBatches;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The players of every model of this family take turns. */
final class TurnsTest {
  private static final DataSpec SPEC =
      new DataSpec.Conditional(new Modality.Image(8, 8, 1, 5), new Modality.Label(2));

  /** A model, small. */
  private record Small<C extends Record>(ModelProvider<C, ?> provider, Map<String, ?> params) {
    GenerativeModel<?> create(TestContext context) {
      return provider.create(Configs.bind(provider.configType(), params), context);
    }

    @Override
    public String toString() {
      return provider.id();
    }
  }

  static Stream<Small<?>> models() {
    Map<String, ?> dense = Map.of("batch", 8, "latent", 3, "hidden", List.of(8));
    Map<String, ?> images = Map.of("batch", 8, "latent", 3, "width", 4);
    return Stream.of(
        new Small<>(new GanProvider(), dense),
        new Small<>(new CganProvider(), dense),
        new Small<>(new DcganProvider(), images),
        new Small<>(new WganProvider(), images),
        new Small<>(new WganGpProvider(), images),
        new Small<>(new BigGanProvider(), images),
        new Small<>(new StyleGanProvider(), images));
  }

  @ParameterizedTest
  @MethodSource("models")
  void aStepOfOnePlayerLeavesTheBitsOfTheOtherAlone(Small<?> small) {
    Batch batch = batch();
    try (Backend backend = Backends.open(1);
        AdversarialModel<?> model =
            (AdversarialModel<?>) small.create(TestContext.of(backend, 1, SPEC, batch))) {
      model.train(new ToyBatches(SPEC, batch, RandomStream.root(1)));
      MapStateStore start = state(model);
      model.stepCritic(batch, RandomStream.root(2));
      MapStateStore later = state(model);
      assertThat(start.differences(later))
          .anyMatch(line -> line.startsWith("critic."))
          .allMatch(TurnsTest::isOfTheCritic);
      model.stepGenerator(RandomStream.root(3));
      assertThat(later.differences(state(model)))
          .anyMatch(line -> line.startsWith("generator."))
          .noneMatch(TurnsTest::isOfTheCritic);
    }
  }

  private static boolean isOfTheCritic(String line) {
    return line.startsWith("critic.") || line.startsWith("optimizer.critic.");
  }

  private static Batch batch() {
    RandomStream random = RandomStream.root(4);
    float[] data = new float[8 * 64];
    for (int i = 0; i < data.length; i++) {
      data[i] = random.nextInt(5);
    }
    return new Batch(
        new Values.Dense(Shape.of(8, 8, 1), data),
        new Values.Labels(new int[] {0, 1, 0, 1, 0, 1, 0, 1}));
  }

  private static MapStateStore state(GenerativeModel<?> model) {
    MapStateStore state = new MapStateStore();
    model.save(state);
    return state;
  }
}
