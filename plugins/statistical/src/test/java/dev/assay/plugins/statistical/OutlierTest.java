package dev.assay.plugins.statistical;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.plugins.statistical.chowliu.ChowLiuProvider;
import dev.assay.plugins.statistical.independent.IndependentProvider;
import dev.assay.plugins.statistical.independent.IndependentSampler;
import dev.assay.spi.Batch;
import dev.assay.spi.Configs;
import dev.assay.spi.DataSpec;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Modality;
import dev.assay.spi.ModelProvider;
import dev.assay.spi.SampleRequest;
import dev.assay.spi.Scorer;
import dev.assay.spi.Values;
import dev.assay.tensor.Backend;
import dev.assay.tensor.RandomStream;
import dev.assay.testkit.Backends;
import dev.assay.testkit.TestContext;
import dev.assay.testkit.ToyBatches;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Outliers by the ratio of two likelihoods, as {@code how-to/find-outliers.md} describes it. */
final class OutlierTest {
  private static final DataSpec.Conditional SPEC = DataSpec.of(new Modality.Image(8, 8, 1, 2));

  private final Split digits = Split.digits().map(level -> level >= 8 ? 1f : 0f);

  /** Test digits, and as outliers images whose pixels are as bright but independent. */
  @Test
  void theRatioOfTreeAndFloorTellsDigitsFromNoiseOfTheSameBrightness() {
    try (Backend backend = Backends.open(2);
        GenerativeModel<?> tree = trained(new ChowLiuProvider(), backend);
        GenerativeModel<IndependentSampler> floor = trained(new IndependentProvider(), backend)) {
      SampleRequest request = SampleRequest.of(359, RandomStream.root(5));
      Values noise = floor.sample(request, Configs.defaults(IndependentSampler.class)).values();
      double[] inside = ratios(tree, floor, digits.test());
      double[] outside = ratios(tree, floor, noise);
      assertThat(areaUnderTheCurve(inside, outside)).isGreaterThan(0.97);
    }
  }

  /** ln p(x) − ln p₀(x) of each image, in nats. */
  private static double[] ratios(GenerativeModel<?> model, GenerativeModel<?> floor, Values x) {
    double[] own = nats(model, x);
    double[] background = nats(floor, x);
    double[] ratios = new double[own.length];
    Arrays.setAll(ratios, i -> background[i] - own[i]);
    return ratios;
  }

  private static double[] nats(GenerativeModel<?> model, Values x) {
    Scorer scorer = (Scorer) model;
    return scorer.score(Batch.of(x), scorer.methods(1).getFirst(), RandomStream.root(1), 0);
  }

  /** How often an insider's ratio is above an outlier's; a tie is half. */
  private static double areaUnderTheCurve(double[] inside, double[] outside) {
    double above = 0;
    for (double a : inside) {
      for (double b : outside) {
        above += a > b ? 1 : a == b ? 0.5 : 0;
      }
    }
    return above / inside.length / outside.length;
  }

  private <C extends Record, S extends Record> GenerativeModel<S> trained(
      ModelProvider<C, S> provider, Backend backend) {
    Batch train = Batch.of(digits.train());
    TestContext context = TestContext.of(backend, 1, SPEC, train);
    GenerativeModel<S> model = provider.create(Configs.defaults(provider.configType()), context);
    model.train(new ToyBatches(SPEC, train, RandomStream.root(1)));
    return model;
  }
}
