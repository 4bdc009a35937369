package dev.assay.plugins.flow.glow;

import dev.assay.plugins.flow.BijectionCheck;
import dev.assay.plugins.flow.Domain;
import dev.assay.plugins.flow.TransformCheck;
import dev.assay.spi.Configs;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
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
