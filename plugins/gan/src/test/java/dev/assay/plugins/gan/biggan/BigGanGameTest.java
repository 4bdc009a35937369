package dev.assay.plugins.gan.biggan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.nn.ParameterStore;
import dev.assay.plugins.gan.network.Pass;
import dev.assay.spi.Configs;
import dev.assay.spi.Modality;
import dev.assay.tensor.Backend;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.testkit.Backends;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BigGanGameTest {
  private final Backend backend = Backends.open(1);
  private final ParameterStore store = new ParameterStore(backend, RandomStream.root(2));

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void orthogonalityIsTheSquaredProductOfDifferentColumns() {
    // Columns (1, 0), (1, 1), (0, 3): products 1, 0 and 3, each counted twice.
    Tensor w = Tensor.constant(new float[] {1, 1, 0, 0, 1, 3}, Shape.of(2, 3));
    assertThat(run(BigGanGame.orthogonality(w))[0]).isCloseTo(20f, within(1e-4f));
    assertThat(run(BigGanGame.orthogonality(w.reshape(1, 1, 2, 3)))[0])
        .isCloseTo(20f, within(1e-4f));
  }

  @Test
  void theLabelReachesTheImageAndTheCritic() {
    Modality.Image image = new Modality.Image(8, 8, 1, 17);
    BigGanConfig config =
        Configs.bind(BigGanConfig.class, Map.of("latent", 2, "width", 4, "embedding", 3));
    ResidualGenerator generator = new ResidualGenerator(store.scope("generator"), image, 5, config);
    ProjectionCritic critic = new ProjectionCritic(store.scope("critic"), image, 5, 4);
    // Twice the same latents, under two classes.
    Tensor z = Tensor.constant(new float[] {1, -1, 2, 0, 1, -1, 2, 0}, Shape.of(2, 4));
    Tensor label = Tensor.constant(new int[] {0, 3}, Shape.of(2));
    float[] images = run(generator.apply(z, label, Pass.evaluation()));
    assertThat(Arrays.copyOf(images, 64)).isNotEqualTo(Arrays.copyOfRange(images, 64, 128));
    Tensor same = Tensor.fill(0.5f, Shape.of(2, 8, 8, 1));
    float[] scores = run(critic.apply(same, label, Pass.evaluation()));
    assertThat(scores[0]).isNotEqualTo(scores[1]);
  }

  private float[] run(Tensor y) {
    try (Program program = backend.compile(Graph.builder().output("y", y).build())) {
      program.run();
      float[] values = new float[y.shape().size()];
      program.get("y", values);
      return values;
    }
  }
}
