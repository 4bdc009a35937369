package dev.assay.plugins.flow.glow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.spi.Batch;
import dev.assay.spi.Configs;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Scorer;
import dev.assay.spi.Values;
import dev.assay.tensor.Backend;
import dev.assay.tensor.RandomStream;
import dev.assay.testkit.Backends;
import dev.assay.testkit.TestContext;
import dev.assay.testkit.Toy;
import dev.assay.testkit.ToyBatches;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Glow's smallest images have four numbers, too many for a grid. */
final class GlowDensityTest {
  private static final int POINTS = 20_000;
  private static final int LEVELS = 3;
  private static final double SPREAD = 2.5;

  /** E p(x) / q(x) for x whose logits are drawn from a wide normal q. */
  @Test
  void theDensityOfImagesOfFourPixelsIntegratesToOne() {
    Toy toy = Toy.images(LEVELS);
    Batch train = toy.encoded(Fit.Encoding.DEQUANTIZED);
    RandomStream random = RandomStream.root(1);
    float[] x = new float[4 * POINTS];
    double[] logQ = new double[POINTS];
    for (int i = 0; i < x.length; i++) {
      double normal = random.nextGaussian();
      double share = 1 / (1 + Math.exp(-SPREAD * normal));
      x[i] = (float) (LEVELS * share);
      double slope = LEVELS * share * (1 - share);
      logQ[i / 4] -=
          normal * normal / 2 + Math.log(Math.sqrt(2 * Math.PI) * SPREAD) + Math.log(slope);
    }
    GlowConfig config = Configs.bind(GlowConfig.class, Map.of("depth", 2, "channels", 8));
    try (Backend backend = Backends.open(2);
        GenerativeModel<?> model =
            new GlowProvider().create(config, TestContext.of(backend, 1, toy.spec(), train))) {
      ToyBatches batches = new ToyBatches(toy.spec(), train, RandomStream.root(2));
      for (int i = 0; i < 30; i++) {
        model.train(batches);
      }
      Scorer scorer = (Scorer) model;
      Batch points = Batch.of(new Values.Dense(train.dense().item(), x));
      double[] nats = scorer.score(points, scorer.methods(1).getFirst(), RandomStream.root(3), 0);
      double mean = 0;
      double square = 0;
      for (int i = 0; i < POINTS; i++) {
        double ratio = Math.exp(-nats[i] - logQ[i]);
        mean += ratio / POINTS;
        square += ratio * ratio / POINTS;
      }
      double error = Math.sqrt((square - mean * mean) / POINTS);
      assertThat(error).as("standard error").isLessThan(0.05);
      assertThat(mean).as("integral of the density").isCloseTo(1, within(4 * error));
    }
  }
}
