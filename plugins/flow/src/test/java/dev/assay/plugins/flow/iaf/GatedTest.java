package dev.assay.plugins.flow.iaf;

import dev.assay.plugins.flow.BijectionCheck;
import org.junit.jupiter.api.Test;

final class GatedTest {
  @Test
  void itsSlopeIsTheNumericOneAndItsInverseUndoesIt() {
    BijectionCheck.check(3, _ -> new Gated());
  }
}
