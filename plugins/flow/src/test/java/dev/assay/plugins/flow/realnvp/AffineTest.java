package dev.assay.plugins.flow.realnvp;

import dev.assay.plugins.flow.BijectionCheck;
import org.junit.jupiter.api.Test;

final class AffineTest {
  @Test
  void itsSlopeIsTheNumericOneAndItsInverseUndoesIt() {
    BijectionCheck.check(3, store -> Affine.create(store, 3));
  }
}
