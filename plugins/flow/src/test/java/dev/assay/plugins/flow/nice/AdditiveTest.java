package dev.assay.plugins.flow.nice;

import dev.assay.plugins.flow.BijectionCheck;
import org.junit.jupiter.api.Test;

final class AdditiveTest {
  @Test
  void itsSlopeIsTheNumericOneAndItsInverseUndoesIt() {
    BijectionCheck.check(3, _ -> new Additive());
  }
}
