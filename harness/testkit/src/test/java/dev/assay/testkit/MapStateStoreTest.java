package dev.assay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.tensor.Shape;
import org.junit.jupiter.api.Test;

final class MapStateStoreTest {
  private final MapStateStore store = new MapStateStore();

  @Test
  void arraysAreCopiedInAndOut() {
    float[] values = {1, 2};
    store.putFloats("w", Shape.of(2), values);
    values[0] = 9;
    store.floats("w", Shape.of(2))[1] = 9;
    assertThat(store.floats("w", Shape.of(2))).containsExactly(1, 2);
  }

  @Test
  void aMissingNameOrAnotherShapeOrTypeIsNamed() {
    store.putDoubles("mean", Shape.of(3), new double[3]);
    assertThatThrownBy(() -> store.doubles("means", Shape.of(3)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'means'")
        .hasMessageContaining("[mean]");
    assertThatThrownBy(() -> store.doubles("mean", Shape.of(4)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("[3]")
        .hasMessageContaining("[4]");
    assertThatThrownBy(() -> store.longs("mean")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> store.putLongs("mean", 1)).hasMessageContaining("twice");
  }

  @Test
  void storedFloatsCanBeReplacedByAsMany() {
    store.putFloats("w", Shape.of(2, 1), new float[] {1, 2});
    store.replace("w", 3, 4);
    assertThat(store.floats("w", Shape.of(2, 1))).containsExactly(3, 4);
    assertThatThrownBy(() -> store.replace("w", 3))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'w' holds Floats [2, 1], not floats [1]");
  }

  @Test
  void differencesAreOfBitsAndNameWhatDiffers() {
    MapStateStore other = new MapStateStore();
    store.putFloats("nan", Shape.SCALAR, new float[] {Float.NaN});
    other.putFloats("nan", Shape.SCALAR, new float[] {Float.NaN});
    assertThat(store.differences(other)).isEmpty();

    store.putDoubles("zero", Shape.SCALAR, new double[] {0.0});
    other.putDoubles("zero", Shape.SCALAR, new double[] {-0.0});
    store.putLongs("here", 1);
    other.putLongs("there", 1);
    assertThat(store.differences(other))
        .containsExactly(
            "zero differs", "here is missing in the other", "there is only in the other");
  }
}
