package dev.assay.plugins.gan.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.spi.Modality;
import dev.assay.tensor.Backend;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.testkit.Backends;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataFormTest {
  @ParameterizedTest
  @ValueSource(ints = {2, 17, 256})
  void levelsComeBackExactlyAndWhatLiesBeyondIsClipped(int levels) {
    DataForm form = DataForm.of(new Modality.Image(1, levels, 1, levels));
    Tensor level = Tensor.iota(form.item().insert(0, 1), 2);
    assertThat(run(form.data(form.centred(level)))).containsExactly(run(level));
    assertThat(run(form.data(Tensor.constant(new float[] {-7, 7}, Shape.of(2)))))
        .containsExactly(0, levels - 1);
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
