package dev.assay.plugins.statistical.copula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class CopulaTest {
  private static final int ROWS = 3000;

  private final Backend backend = Backends.open(2);

  @AfterEach
  void close() {
    backend.close();
  }

  /** Normals of correlation 0.8: one of them as it is, and of the other only its sign. */
  private static float[] signs() {
    float[] data = new float[2 * ROWS];
    RandomStream random = RandomStream.root(1);
    for (int row = 0; row < ROWS; row++) {
      double a = random.nextGaussian();
      double b = 0.8 * a + 0.6 * random.nextGaussian();
      data[2 * row] = (float) a;
      data[2 * row + 1] = b > 0.5 ? 1 : 0;
    }
    return data;
  }

  @Test
  void theCorrelationBehindADiscreteColumnIsFound() {
    Values.Dense samples = samples(signs(), Map.of("discrete", List.of(1)));
    assertThat(samples.data()).hasSize(2 * ROWS);
    // P(b > 0.5) = 0.3085, and E[a | b > 0.5] = 0.8 φ(0.5) / 0.3085 = 0.913.
    double ones = 0;
    double above = 0;
    for (int row = 0; row < ROWS; row++) {
      assertThat(samples.data()[2 * row + 1]).isIn(0f, 1f);
      ones += samples.data()[2 * row + 1];
      above += samples.data()[2 * row + 1] * samples.data()[2 * row];
    }
    assertThat(ones / ROWS).isCloseTo(0.3085, within(0.03));
    assertThat(above / ones).isCloseTo(0.913, within(0.06));
  }

  @Test
  void quantilesUndoTheirMargin() {
    float[] column = {5, 1, 2, 2, 9, 4, 4, 4, 7};
    Margin margin = Margin.Continuous.of(column, 4);
    for (double x : new double[] {0.9, 1, 1.5, 2, 3, 4, 6.5, 9, 10}) {
      assertThat(margin.quantile(margin.upTo(x))).isCloseTo(x, within(1e-6));
    }
    Margin discrete = Margin.Discrete.of(column);
    assertThat(discrete.below(4)).isEqualTo(3 / 9.0);
    assertThat(discrete.upTo(4)).isEqualTo(6 / 9.0);
    assertThat(discrete.quantile(0.5)).isEqualTo(4);
  }

  private Values.Dense samples(float[] data, Map<String, Object> params) {
    DataSpec.Conditional spec = DataSpec.of(new Modality.Tabular(2));
    Batch train = Batch.of(new Values.Dense(Shape.of(2), data));
    CopulaProvider provider = new CopulaProvider();
    CopulaConfig config = Configs.bind(CopulaConfig.class, params);
    TestContext context = TestContext.of(backend, 1, spec, train);
    try (GenerativeModel<CopulaSampler> model = provider.create(config, context)) {
      ToyBatches batches = new ToyBatches(spec, train, RandomStream.root(1));
      while (!model.train(batches).finished()) {}
      SampleRequest request = SampleRequest.of(ROWS, RandomStream.root(2));
      return (Values.Dense) model.sample(request, new CopulaSampler()).values();
    }
  }
}
