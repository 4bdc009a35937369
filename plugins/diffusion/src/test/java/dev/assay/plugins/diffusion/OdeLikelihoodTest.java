package dev.assay.plugins.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.plugins.diffusion.ddpm.DdpmProvider;
import dev.assay.plugins.diffusion.flowmatching.FlowMatchingProvider;
import dev.assay.spi.Batch;
import dev.assay.spi.Configs;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.ModelProvider;
import dev.assay.spi.ScoreMethod;
import dev.assay.spi.ScoreMethod.Kind;
import dev.assay.spi.Scorer;
import dev.assay.spi.Values;
import dev.assay.tensor.Backend;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.testkit.Backends;
import dev.assay.testkit.TestContext;
import dev.assay.testkit.Toy;
import dev.assay.testkit.ToyBatches;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class OdeLikelihoodTest {
  private static final int UPDATES = 100;
  private static final int GRID = 40;
  private static final double REACH = 4;

  static List<ModelProvider<?, ?>> models() {
    return List.of(new DdpmProvider(), new FlowMatchingProvider());
  }

  /** The estimate itself is a density, if steps are small and the divergence is exact. */
  @ParameterizedTest
  @MethodSource("models")
  void theEstimateOfATrainedModelIntegratesToOneOverThePlane(ModelProvider<?, ?> provider) {
    Toy toy = Toy.table();
    Batch train = toy.encoded(Fit.Encoding.CONTINUOUS);
    double side = 2 * REACH / GRID;
    float[] points = new float[2 * GRID * GRID];
    for (int i = 0; i < GRID * GRID; i++) {
      points[2 * i] = (float) ((i / GRID + 0.5) * side - REACH);
      points[2 * i + 1] = (float) ((i % GRID + 0.5) * side - REACH);
    }
    try (Backend backend = Backends.open(2);
        GenerativeModel<?> model =
            create(provider, TestContext.of(backend, 3, toy.spec(), train))) {
      ToyBatches batches = new ToyBatches(toy.spec(), train, RandomStream.root(4));
      for (int i = 0; i < UPDATES; i++) {
        model.train(batches);
      }
      Scorer scorer = (Scorer) model;
      ScoreMethod estimate =
          scorer.methods(1).stream()
              .filter(method -> method.kind() == Kind.ESTIMATE)
              .findFirst()
              .orElseThrow();
      Batch grid = Batch.of(new Values.Dense(Shape.of(2), points));
      double total = 0;
      for (double nats : scorer.score(grid, estimate, RandomStream.root(5), 0)) {
        total += Math.exp(-nats) * side * side;
      }
      assertThat(total).isCloseTo(1, within(0.01));
    }
  }

  private static <C extends Record> GenerativeModel<?> create(
      ModelProvider<C, ?> provider, TestContext context) {
    Map<String, Object> params =
        new HashMap<>(Map.of("width", 16, "depth", 1, "batch", 64, "learning_rate", 0.01));
    if (provider instanceof DdpmProvider) {
      params.put("timesteps", 100);
    }
    return provider.create(Configs.bind(provider.configType(), params), context);
  }
}
