package dev.assay.plugins.vae.original;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.plugins.vae.VaeSampler;
import dev.assay.spi.Batch;
import dev.assay.spi.Configs;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Modality;
import dev.assay.spi.StepReport;
import dev.assay.spi.Values;
import dev.assay.tensor.Backend;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.testkit.Backends;
import dev.assay.testkit.TestContext;
import dev.assay.testkit.ToyBatches;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VaeProviderTest {
  private final VaeProvider provider = new VaeProvider();

  private static VaeConfig config(String key, Object value) {
    return Configs.bind(VaeConfig.class, Map.of(key, value));
  }

  @ParameterizedTest
  @CsvSource({
    "auto, 2, RAW",
    "auto, 256, RAW",
    "bernoulli, 2, RAW",
    "discretized_logistic, 2, RAW",
    "gaussian, 17, CONTINUOUS"
  })
  void imagesFitInTheEncodingOfTheirLikelihood(
      String likelihood, int levels, Fit.Encoding encoding) {
    DataSpec spec = DataSpec.of(new Modality.Image(2, 2, 1, levels));
    assertThat(provider.fits(config("likelihood", likelihood), spec))
        .isEqualTo(new Fit.Yes(encoding));
  }

  @Test
  void aMisfitSaysWhatTheModelNeeds() {
    DataSpec digits = DataSpec.of(new Modality.Image(8, 8, 1, 17));
    assertThat(provider.fits(config("likelihood", "bernoulli"), digits))
        .isEqualTo(Fit.no("the Bernoulli likelihood needs 2 levels, these images have 17"));
    DataSpec table = DataSpec.of(new Modality.Tabular(3));
    assertThat(provider.fits(config("likelihood", "discretized_logistic"), table))
        .isEqualTo(Fit.no("a table of real numbers needs the Gaussian likelihood"));
    DataSpec text = DataSpec.of(new Modality.Text(Modality.Text.Form.STREAM));
    assertThat(provider.fits(config("latent", 2), text))
        .isEqualTo(Fit.no("it learns images and tables"));
    DataSpec labelled = new DataSpec.Conditional(new Modality.Tabular(3), new Modality.Label(2));
    assertThat(provider.fits(config("latent", 2), labelled)).isEqualTo(Fit.continuous());
    DataSpec conditional =
        new DataSpec.Conditional(new Modality.Tabular(3), new Modality.Tabular(1));
    assertThat(provider.fits(config("latent", 2), conditional))
        .isEqualTo(Fit.no("it learns p(x); it can leave labels aside, but no other condition"));
    assertThat(provider.fits(config("network", "conv"), table))
        .isEqualTo(Fit.no("convolutions need images; a table takes network: mlp"));
  }

  @Test
  void theWeightOfTheDivergenceRisesLinearlyOverTheWarmUp() {
    Modality x = new Modality.Image(2, 2, 1, 2);
    Batch data = Batch.of(new Values.Dense(Shape.of(2, 2, 1), new float[] {0, 1, 1, 0}));
    try (Backend backend = Backends.open(1);
        GenerativeModel<VaeSampler> model =
            provider.create(
                config("kl_warmup", 4), TestContext.of(backend, 1, DataSpec.of(x), data))) {
      ToyBatches batches = new ToyBatches(DataSpec.of(x), data, RandomStream.root(1));
      for (double weight : new double[] {0.25, 0.5, 0.75, 1, 1}) {
        StepReport report = model.train(batches);
        double kl = report.details().get("kl");
        double reconstruction = report.details().get("reconstruction");
        assertThat(report.loss()).isCloseTo(reconstruction + weight * kl, within(1e-5));
      }
    }
  }
}
