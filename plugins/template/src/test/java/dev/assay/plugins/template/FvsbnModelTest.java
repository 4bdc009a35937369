package dev.assay.plugins.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.spi.Batch;
import dev.assay.spi.Configs;
import dev.assay.spi.DataSpec;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Modality;
import dev.assay.spi.Scorer;
import dev.assay.spi.Values;
import dev.assay.tensor.Backend;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.testkit.Backends;
import dev.assay.testkit.MapStateStore;
import dev.assay.testkit.TestContext;
import org.junit.jupiter.api.Test;

final class FvsbnModelTest {
  @Test
  void aPixelIsALogisticRegressionOnThoseBeforeIt() {
    Values.Dense images = new Values.Dense(Shape.of(1, 2, 1), new float[] {1, 1, 0, 1});
    DataSpec spec = DataSpec.of(new Modality.Image(1, 2, 1, 2));
    try (Backend backend = Backends.open(1);
        GenerativeModel<FvsbnSampler> model =
            new FvsbnProvider()
                .create(
                    Configs.defaults(FvsbnConfig.class),
                    TestContext.of(backend, 1, spec, Batch.of(images)))) {
      MapStateStore state = new MapStateStore();
      model.save(state);
      // from the first pixel to the second 0.7; the other entries must not matter
      state.replace("weight", 5, 0.7f, -3, 2);
      state.replace("bias", 0.2f, -0.3f);
      model.restore(state);

      Scorer scorer = (Scorer) model;
      double[] nats =
          scorer.score(Batch.of(images), scorer.methods(0).get(0), RandomStream.root(1), 0);
      assertThat(nats[0]).isCloseTo(-Math.log(sigmoid(0.2) * sigmoid(0.4)), within(1e-6));
      assertThat(nats[1]).isCloseTo(-Math.log(sigmoid(-0.2) * sigmoid(-0.3)), within(1e-6));
    }
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
