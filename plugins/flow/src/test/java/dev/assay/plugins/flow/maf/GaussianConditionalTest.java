package dev.assay.plugins.flow.maf;

import dev.assay.plugins.flow.BijectionCheck;
import org.junit.jupiter.api.Test;

final class GaussianConditionalTest {
  @Test
  void itsSlopeIsTheNumericOneAndItsInverseUndoesIt() {
    BijectionCheck.check(3, _ -> new GaussianConditional());
  }
}
