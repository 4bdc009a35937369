package dev.assay.plugins.vae.vqvae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.nn.ParameterStore;
import dev.assay.spi.Configs;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.testkit.Backends;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CodePriorTest {
  private static final VqVaeConfig CONFIG =
      Configs.bind(
          VqVaeConfig.class,
          Map.of("positions", 3, "codes", 4, "prior_width", 8, "prior_layers", 2));

  @Test
  void massesOfAllCodesSumToOneAndNoCodeSeesThoseAfterIt() {
    int[] all = new int[3 * 64];
    for (int i = 0; i < 64; i++) {
      all[3 * i] = i / 16;
      all[3 * i + 1] = i / 4 % 4;
      all[3 * i + 2] = i % 4;
    }
    try (Backend backend = Backends.open(1)) {
      CodePrior prior = CodePrior.create(new ParameterStore(backend, RandomStream.root(3)), CONFIG);
      Tensor codes = Tensor.input("codes", DType.I32, Shape.of(64, 3));
      Graph graph =
          Graph.builder()
              .output("nats", prior.nats(codes))
              .output("logits", prior.logits(codes))
              .build();
      try (Program program = backend.compile(graph)) {
        program.set("codes", all);
        program.run();
        float[] nats = new float[64];
        program.get("nats", nats);
        double total = 0;
        for (float value : nats) {
          total += Math.exp(-value);
        }
        assertThat(total).isCloseTo(1, within(1e-5));
        float[] logits = new float[64 * 3 * 4];
        program.get("logits", logits);
        for (int k = 0; k < 4; k++) {
          // Codes 0 and 63 differ everywhere, 0 and 3 in the last place alone.
          assertThat(logits[63 * 12 + k]).isEqualTo(logits[k]);
          assertThat(logits[3 * 12 + 8 + k]).isEqualTo(logits[8 + k]);
          assertThat(logits[63 * 12 + 4 + k]).isNotEqualTo(logits[4 + k]);
        }
      }
    }
  }
}
