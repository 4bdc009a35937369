package dev.assay.plugins.flow.glow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.plugins.flow.BijectionCheck;
import dev.assay.plugins.flow.Domain;
import dev.assay.plugins.flow.TransformCheck;
import dev.assay.spi.Configs;
import dev.assay.tensor.Backend;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.testkit.Backends;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Log-determinants against numeric Jacobians, and inverses. */
final class GlowFlowTest {
  @Test
  void theAffineMap() {
    BijectionCheck.check(3, _ -> new GlowAffine());
  }

  /** y − t = 2 at s = 0.05 is x = 40. */
  @Test
  void theInverseOfTheAffineMapIsBoundedHoweverSmallTheSigmoid() {
    Tensor y = Tensor.fill(3, Shape.of(2));
    Tensor p = Tensor.constant(new float[] {-80, 1, -30, 1}, Shape.of(2, 2));
    Graph graph = Graph.builder().output("x", new GlowAffine().inverse(y, p).value()).build();
    try (Backend backend = Backends.open(1);
        Program program = backend.compile(graph)) {
      program.run();
      float[] x = new float[2];
      program.get("x", x);
      assertThat(x).containsExactly(new float[] {40, 40}, within(1e-3f));
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 2, 1", "4, 4, 1", "2, 4, 3"})
  void theWholeFlowWithItsLearnedPrior(int height, int width, int channels) {
    GlowConfig config =
        Configs.bind(GlowConfig.class, Map.of("depth", 2, "channels", 4, "activation", "tanh"));
    Domain domain = new Domain(Shape.of(height, width, channels), 0);
    try (TransformCheck check = new TransformCheck()) {
      check.check(
          Shape.of(domain.size()),
          store -> GlowFlow.create(config, domain, store, RandomStream.root(1)).transform());
    }
  }
}
