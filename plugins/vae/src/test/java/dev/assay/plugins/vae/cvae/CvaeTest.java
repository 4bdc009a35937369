package dev.assay.plugins.vae.cvae;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.plugins.vae.VaeSampler;
import dev.assay.spi.Batch;
import dev.assay.spi.Configs;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Modality;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Images of 2×2 pixels whose colour the condition tells: one pixel, a number, or a class. */
final class CvaeTest {
  private static final int COUNT = 64;
  private static final Modality X = new Modality.Image(2, 2, 1, 2);

  private static List<Modality> conditions() {
    return List.of(new Modality.Image(1, 1, 1, 2), new Modality.Tabular(1), new Modality.Label(2));
  }

  private static Values colours(Modality condition, int[] colours) {
    float[] numbers = new float[colours.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = colours[i];
    }
    return switch (condition) {
      case Modality.Image _ -> new Values.Dense(Shape.of(1, 1, 1), numbers);
      case Modality.Tabular _ -> new Values.Dense(Shape.of(1), numbers);
      default -> new Values.Labels(colours);
    };
  }

  @ParameterizedTest
  @MethodSource("conditions")
  void samplesAndScoresFollowTheCondition(Modality condition) {
    int[] colours = new int[COUNT];
    float[] x = new float[4 * COUNT];
    for (int i = 0; i < COUNT; i++) {
      colours[i] = i % 2;
      Arrays.fill(x, 4 * i, 4 * i + 4, colours[i]);
    }
    DataSpec.Conditional spec = new DataSpec.Conditional(X, condition);
    Batch data = new Batch(new Values.Dense(Shape.of(2, 2, 1), x), colours(condition, colours));
    Map<String, Object> params =
        Map.of("latent", 1, "hidden", List.of(16), "learning_rate", 0.02, "batch", 32);
    CvaeConfig config = Configs.bind(CvaeConfig.class, params);
    CvaeProvider provider = new CvaeProvider();
    assertThat(provider.fits(config, spec)).isEqualTo(Fit.raw());
    try (Backend backend = Backends.open(1);
        GenerativeModel<VaeSampler> model =
            provider.create(config, TestContext.of(backend, 1, spec, data))) {
      ToyBatches batches = new ToyBatches(spec, data, RandomStream.root(1));
      for (int i = 0; i < 200; i++) {
        model.train(batches);
      }
      SampleRequest request = new SampleRequest(0, COUNT, data.condition(), RandomStream.root(2));
      VaeSampler sampler = Configs.defaults(VaeSampler.class);
      float[] drawn = ((Values.Dense) model.sample(request, sampler).values()).data();
      int agreeing = 0;
      for (int i = 0; i < drawn.length; i++) {
        agreeing += drawn[i] == x[i] ? 1 : 0;
      }
      assertThat(agreeing).isGreaterThan(drawn.length * 95 / 100);

      ScoreMethod method = ((Scorer) model).methods(20).getFirst();
      assertThat(method.id()).isEqualTo("iwae-given-condition");
      int[] wrong = Arrays.stream(colours).map(colour -> 1 - colour).toArray();
      Batch mistaken = new Batch(data.x(), colours(condition, wrong));
      assertThat(mean(model, data, method)).isLessThan(0.5);
      assertThat(mean(model, mistaken, method)).isGreaterThan(4);
    }
  }

  private static double mean(GenerativeModel<?> model, Batch batch, ScoreMethod method) {
    double[] nats = ((Scorer) model).score(batch, method, RandomStream.root(3), 0);
    return Arrays.stream(nats).average().orElseThrow();
  }

  @Test
  void withoutAConditionItSaysSo() {
    CvaeConfig config = Configs.defaults(CvaeConfig.class);
    assertThat(new CvaeProvider().fits(config, DataSpec.of(X)))
        .isEqualTo(Fit.no("it learns p(x | condition), and there is no condition"));
  }
}
