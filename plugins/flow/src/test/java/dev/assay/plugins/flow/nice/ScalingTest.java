package dev.assay.plugins.flow.nice;

import dev.assay.plugins.flow.TransformCheck;
import dev.assay.tensor.Shape;
import org.junit.jupiter.api.Test;

final class ScalingTest {
  @Test
  void itsLogDeterminantIsTheNumericOneAndItsInverseUndoesIt() {
    try (TransformCheck check = new TransformCheck()) {
      check.check(Shape.of(4), store -> Scaling.create(store, 4));
    }
  }
}
