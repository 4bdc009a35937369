package dev.assay.plugins.diffusion.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.plugins.diffusion.ddpm.DdpmSampler;
import dev.assay.spi.Batch;
import dev.assay.spi.Configs;
import dev.assay.spi.DataSpec;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Modality;
import dev.assay.spi.SampleRequest;
import dev.assay.spi.Values;
import dev.assay.tensor.Backend;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.testkit.Backends;
import dev.assay.testkit.TestContext;
import dev.assay.testkit.ToyBatches;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LatentDiffusionTest {
  private static final DataSpec.Conditional SPEC = DataSpec.of(new Modality.Tabular(1));

  private final Backend backend = Backends.open(2);

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void aGaussianBehindADistantCodeComesBack() {
    RandomStream random = RandomStream.root(1);
    float[] x = new float[4096];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (0.7 + 0.4 * random.nextGaussian());
    }
    Batch data = Batch.of(new Values.Dense(Shape.of(1), x));
    TestContext context =
        TestContext.of(backend, 3, SPEC, data)
            .with(Map.of("autoencoder", new MirrorCodec(Shape.of(1), 0)));
    LatentDiffusionConfig config =
        Configs.bind(
            LatentDiffusionConfig.class,
            Map.of("timesteps", 100, "width", 32, "depth", 1, "batch", 256));
    try (GenerativeModel<DdpmSampler> model =
        new LatentDiffusionProvider().create(config, context)) {
      ToyBatches batches = new ToyBatches(SPEC, data, RandomStream.root(2));
      for (int i = 0; i < 500; i++) {
        model.train(batches);
      }
      SampleRequest request = SampleRequest.of(4096, RandomStream.root(4));
      DdpmSampler sampler = Configs.defaults(DdpmSampler.class);
      float[] drawn = ((Values.Dense) model.sample(request, sampler).values()).data();
      double mean = 0;
      double square = 0;
      for (float value : drawn) {
        mean += value / (double) drawn.length;
        square += (value - 0.7) * (value - 0.7) / drawn.length;
      }
      assertThat(mean).isCloseTo(0.7, within(0.05));
      assertThat(Math.sqrt(square)).isCloseTo(0.4, within(0.05));
    }
  }

  @Test
  void aParentWithoutCodesIsRefusedByName() {
    Batch data = Batch.of(new Values.Dense(Shape.of(1), new float[4]));
    TestContext context = TestContext.of(backend, 3, SPEC, data);
    LatentDiffusionConfig config = Configs.defaults(LatentDiffusionConfig.class);
    LatentDiffusionProvider provider = new LatentDiffusionProvider();
    assertThat(provider.parents()).containsExactly("autoencoder");
    try (GenerativeModel<?> codes =
        provider.create(
            config, context.with(Map.of("autoencoder", new MirrorCodec(Shape.of(1), 0))))) {
      assertThatThrownBy(() -> provider.create(config, context.with(Map.of("autoencoder", codes))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("parent 'autoencoder' has no codes");
    }
  }
}
