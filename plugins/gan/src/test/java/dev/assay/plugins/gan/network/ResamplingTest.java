package dev.assay.plugins.gan.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.plugins.gan.network.ImageSizes.Size;
import dev.assay.tensor.Backend;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.testkit.Backends;
import org.junit.jupiter.api.Test;

class ResamplingTest {
  @Test
  void upRepeatsEachPixelAndTheLastRowAndColumnOfOddSizes() {
    Tensor x = image(2, 2, 1, 2, 3, 4);
    assertThat(run(Resampling.up(x, new Size(4, 4))))
        .containsExactly(1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4);
    assertThat(run(Resampling.up(image(1, 2, 5, 6), new Size(3, 5))))
        .containsExactly(5, 5, 6, 6, 6, 5, 5, 6, 6, 6, 5, 5, 6, 6, 6);
  }

  @Test
  void downTakesTheMeanOfFourAndDropsTheLastRowAndColumnOfOddSizes() {
    Tensor x = image(3, 5, 1, 3, 5, 7, 99, 1, 3, 5, 9, 99, 99, 99, 99, 99, 99);
    assertThat(run(Resampling.down(x))).containsExactly(2, 6.5f);
  }

  private static Tensor image(int height, int width, float... pixels) {
    return Tensor.constant(pixels, Shape.of(1, height, width, 1));
  }

  private static float[] run(Tensor y) {
    try (Backend backend = Backends.open(1);
        Program program = backend.compile(Graph.builder().output("y", y).build())) {
      program.run();
      float[] values = new float[y.shape().size()];
      program.get("y", values);
      return values;
    }
  }
}
