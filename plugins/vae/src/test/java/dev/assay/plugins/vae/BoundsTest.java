package dev.assay.plugins.vae;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.plugins.vae.beta.BetaVaeProvider;
import dev.assay.plugins.vae.cvae.CvaeProvider;
import dev.assay.plugins.vae.iwae.IwaeProvider;
import dev.assay.plugins.vae.original.VaeProvider;
import dev.assay.spi.Batch;
import dev.assay.spi.Configs;
import dev.assay.spi.DataSpec;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Modality;
import dev.assay.spi.ModelProvider;
import dev.assay.spi.ScoreMethod;
import dev.assay.spi.Scorer;
import dev.assay.spi.Values;
import dev.assay.tensor.Backend;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.testkit.Backends;
import dev.assay.testkit.MapStateStore;
import dev.assay.testkit.TestContext;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The scores of all models of this family on x = 2 z + 1 + ε with ε of deviation ½, of which p(x) =
 * N(1, 4.25) is known, under a q(z | x) that is not the posterior.
 */
final class BoundsTest {
  private static final int COUNT = 200;
  private static final double VARIANCE = 4.25;

  /** Of which the conditional one is told a class that nothing depends on. */
  private static final DataSpec SPEC =
      new DataSpec.Conditional(new Modality.Tabular(1), new Modality.Label(2));

  static List<ModelProvider<?, VaeSampler>> models() {
    return List.of(
        new VaeProvider(), new BetaVaeProvider(), new IwaeProvider(), new CvaeProvider());
  }

  @ParameterizedTest
  @MethodSource("models")
  void theEvidenceBoundIsBelowTheImportanceWeightedOneAndThatBelowTheTruth(
      ModelProvider<?, VaeSampler> provider) {
    Batch data = data();
    try (Backend backend = Backends.open(1);
        GenerativeModel<VaeSampler> model =
            create(provider, TestContext.of(backend, 1, SPEC, data))) {
      setLinear(model, provider instanceof CvaeProvider ? 2 : 0);
      double exact = exact(data);
      double elbo = score(model, data, "elbo", 1);
      double five = score(model, data, "iwae", 5);
      double many = score(model, data, "iwae", 300);
      assertThat(elbo).isGreaterThan(five + 0.1);
      assertThat(five).isGreaterThan(many + 0.05);
      assertThat(many).isBetween(exact - 0.01, exact + 0.05);
    }
  }

  private static <C extends Record> GenerativeModel<VaeSampler> create(
      ModelProvider<C, VaeSampler> provider, TestContext context) {
    Map<String, ?> params = Map.of("latent", 1, "hidden", List.of(), "batch", 4);
    return provider.create(Configs.bind(provider.configType(), params), context);
  }

  private static Batch data() {
    RandomStream random = RandomStream.root(2);
    float[] x = new float[COUNT];
    for (int i = 0; i < COUNT; i++) {
      x[i] = (float) (1 + Math.sqrt(VARIANCE) * random.nextGaussian());
    }
    return new Batch(new Values.Dense(Shape.of(1), x), new Values.Labels(new int[COUNT]));
  }

  /** q(z | x) = N(0.3 (x − 1), 0.2); weights of the classes are 0. */
  private static void setLinear(GenerativeModel<?> model, int classes) {
    MapStateStore state = new MapStateStore();
    model.save(state);
    state.replace("encoder.0.weight", Arrays.copyOf(new float[] {0.3f, 0}, 2 + 2 * classes));
    state.replace("encoder.0.bias", -0.3f, (float) Math.log(0.2));
    state.replace("decoder.0.weight", Arrays.copyOf(new float[] {2, 0}, 2 + 2 * classes));
    state.replace("decoder.0.bias", 1, (float) Math.log(0.5));
    model.restore(state);
  }

  /** Mean −ln N(x; 1, 4.25). */
  private static double exact(Batch data) {
    double nats = 0.5 * Math.log(2 * Math.PI * VARIANCE);
    for (float x : data.dense().data()) {
      nats += (x - 1.0) * (x - 1.0) / (2 * VARIANCE * COUNT);
    }
    return nats;
  }

  private static double score(GenerativeModel<?> model, Batch data, String id, int samples) {
    Scorer scorer = (Scorer) model;
    ScoreMethod method =
        scorer.methods(samples).stream()
            .filter(m -> m.id().startsWith(id))
            .findFirst()
            .orElseThrow();
    double[] nats = scorer.score(data, method, RandomStream.root(3), 0);
    return Arrays.stream(nats).average().orElseThrow();
  }
}
