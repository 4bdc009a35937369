package dev.assay.plugins.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.plugins.flow.maf.MafProvider;
import dev.assay.plugins.flow.realnvp.RealNvpProvider;
import dev.assay.plugins.flow.splineflow.SplineFlowProvider;
import dev.assay.spi.Batch;
import dev.assay.spi.Configs;
import dev.assay.spi.DataSpec;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Modality;
import dev.assay.spi.ModelProvider;
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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two normals of deviation 0.3 about (−1, −1) and (1, 1), told apart by a label. */
final class ConditionalFlowTest {
  private static final int COUNT = 256;
  private static final double DEVIATION = 0.3;
  private static final DataSpec SPEC =
      new DataSpec.Conditional(new Modality.Tabular(2), new Modality.Label(2));

  static List<ModelProvider<?, FlowSampler>> models() {
    return List.of(new RealNvpProvider(), new MafProvider(), new SplineFlowProvider());
  }

  @ParameterizedTest
  @MethodSource("models")
  void samplesAndScoresFollowTheLabel(ModelProvider<?, FlowSampler> provider) {
    Batch data = data();
    try (Backend backend = Backends.open(2);
        GenerativeModel<FlowSampler> model =
            create(provider, TestContext.of(backend, 1, SPEC, data))) {
      ToyBatches batches = new ToyBatches(SPEC, data, RandomStream.root(2));
      for (int i = 0; i < 120; i++) {
        model.train(batches);
      }
      SampleRequest request = new SampleRequest(0, COUNT, data.condition(), RandomStream.root(3));
      FlowSampler sampler = Configs.defaults(FlowSampler.class);
      float[] drawn = ((Values.Dense) model.sample(request, sampler).values()).data();
      double right = 0;
      for (int i = 0; i < drawn.length; i++) {
        right += drawn[i] * (i / 2 % 2 == 0 ? -1 : 1) / drawn.length;
      }
      assertThat(right).as("mean towards the label's side").isCloseTo(1, within(0.1));
      int[] swapped = ((Values.Labels) data.condition()).labels().clone();
      Arrays.setAll(swapped, i -> 1 - swapped[i]);
      Batch mistaken = new Batch(data.x(), new Values.Labels(swapped));
      // Of the true density: 1 + ln 2π + 2 ln 0.3.
      double entropy = 1 + Math.log(2 * Math.PI) + 2 * Math.log(DEVIATION);
      assertThat(nats(model, data)).isCloseTo(entropy, within(0.25));
      assertThat(nats(model, mistaken)).isGreaterThan(entropy + 5);
    }
  }

  private static double nats(GenerativeModel<?> model, Batch batch) {
    Scorer scorer = (Scorer) model;
    ScoreMethod method = scorer.methods(1).getFirst();
    assertThat(method.id()).isEqualTo("exact-given-condition");
    double[] nats = scorer.score(batch, method, RandomStream.root(4), 0);
    return Arrays.stream(nats).average().orElseThrow();
  }

  private static <C extends Record> GenerativeModel<FlowSampler> create(
      ModelProvider<C, FlowSampler> provider, TestContext context) {
    String depth = provider instanceof RealNvpProvider ? "couplings" : "layers";
    Map<String, ?> params =
        Map.of(
            "conditional",
            true,
            depth,
            2,
            "hidden",
            List.of(16),
            "batch",
            64,
            "learning_rate",
            0.02);
    return provider.create(Configs.bind(provider.configType(), params), context);
  }

  private static Batch data() {
    RandomStream random = RandomStream.root(1);
    int[] labels = new int[COUNT];
    float[] x = new float[2 * COUNT];
    Arrays.setAll(labels, i -> i % 2);
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (2 * labels[i / 2] - 1 + DEVIATION * random.nextGaussian());
    }
    return new Batch(new Values.Dense(Shape.of(2), x), new Values.Labels(labels));
  }
}
