package dev.assay.plugins.vae.iwae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.plugins.vae.VaeSampler;
import dev.assay.spi.Batch;
import dev.assay.spi.Configs;
import dev.assay.spi.DataSpec;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Modality;
import dev.assay.spi.StepReport;
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
import org.junit.jupiter.api.Test;

/**
 * x = 2 z + 1 + ε with ε of deviation ½ has p(x) = N(1, 4.25) and p(z | x) = N(8 (x − 1) / 17, 1 /
 * 17): the training loss has known bounds on both sides.
 */
final class IwaeTest {
  private static final int BATCH = 4000;

  private static double loss(int draws, double gain, double variance) {
    RandomStream random = RandomStream.root(2);
    float[] x = new float[BATCH];
    for (int i = 0; i < BATCH; i++) {
      x[i] = (float) (1 + Math.sqrt(4.25) * random.nextGaussian());
    }
    DataSpec.Conditional spec = DataSpec.of(new Modality.Tabular(1));
    Batch data = Batch.of(new Values.Dense(Shape.of(1), x));
    Map<String, Object> params =
        Map.of("latent", 1, "hidden", List.of(), "batch", BATCH, "draws", draws);
    IwaeConfig config = Configs.bind(IwaeConfig.class, params);
    try (Backend backend = Backends.open(2);
        GenerativeModel<VaeSampler> model =
            new IwaeProvider().create(config, TestContext.of(backend, 1, spec, data))) {
      MapStateStore state = new MapStateStore();
      model.save(state);
      state.replace("encoder.0.weight", (float) gain, 0);
      state.replace("encoder.0.bias", (float) -gain, (float) Math.log(variance));
      state.replace("decoder.0.weight", 2, 0);
      state.replace("decoder.0.bias", 1, (float) Math.log(0.5));
      model.restore(state);
      StepReport report = model.train(new ToyBatches(spec, data, RandomStream.root(1)));
      return report.loss();
    }
  }

  @Test
  void withTheTruePosteriorTheLossIsTheMarginalLikelihoodWhateverTheDraws() {
    // Mean of −ln N(x; 1, 4.25) over its own draws, of deviation 1 / √2 each.
    double entropy = 0.5 * Math.log(2 * Math.PI * Math.E * 4.25);
    double exact = loss(1, 8 / 17.0, 1 / 17.0);
    assertThat(exact).isCloseTo(entropy, within(5 * Math.sqrt(0.5 / BATCH)));
    assertThat(loss(8, 8 / 17.0, 1 / 17.0)).isCloseTo(exact, within(1e-3));
  }

  @Test
  void moreDrawsTightenTheLossAndNeverPassTheTruth() {
    double exact = loss(1, 8 / 17.0, 1 / 17.0);
    double one = loss(1, 0.3, 0.2);
    double five = loss(5, 0.3, 0.2);
    double many = loss(200, 0.3, 0.2);
    assertThat(one).isGreaterThan(five + 0.1);
    assertThat(five).isGreaterThan(many + 0.05);
    assertThat(many).isBetween(exact - 0.01, exact + 0.05);
  }
}
