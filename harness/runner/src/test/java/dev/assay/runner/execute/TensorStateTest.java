package dev.assay.runner.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.tensor.Shape;
import org.junit.jupiter.api.Test;

final class TensorStateTest {
  private final TensorState state = new TensorState();

  @Test
  void givesBackCopiesOfWhatWasPut() {
    float[] weights = {1, 2, 3, 4};
    state.putFloats("w", Shape.of(2, 2), weights);
    weights[0] = 9;
    state.floats("w", Shape.of(2, 2))[1] = 9;
    assertThat(state.floats("w", Shape.of(2, 2))).containsExactly(1, 2, 3, 4);
    state.putLongs("n", 5, 6);
    assertThat(state.longs("n")).containsExactly(5, 6);
  }

  @Test
  void saysWhatIsMissingAndWhatThereIs() {
    state.putLongs("steps", 1);
    assertThatThrownBy(() -> state.doubles("mean", Shape.of(2)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the checkpoint has no 'mean'; it has steps");
  }

  @Test
  void saysBothShapesAndTypesThatDiffer() {
    state.putDoubles("mean", Shape.of(3), new double[3]);
    assertThatThrownBy(() -> state.doubles("mean", Shape.of(2)))
        .hasMessage("'mean' has shape [3] in the checkpoint, but [2] in the model");
    assertThatThrownBy(() -> state.floats("mean", Shape.of(3)))
        .hasMessage("'mean' is F64 in the checkpoint, but F32 is asked");
    assertThatThrownBy(() -> state.putLongs("mean", 1))
        .hasMessage("two arrays have the name 'mean'");
  }
}
