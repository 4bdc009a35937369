package dev.assay.plugins.flow.splineflow;

import dev.assay.nn.Activation;
import dev.assay.plugins.flow.Training;
import dev.assay.spi.Param;
import java.util.List;

/** Training configuration of the neural spline flow. */
public record SplineFlowConfig(
    @Param(doc = "coupling (RQ-NSF (C)) or autoregressive (RQ-NSF (AR)).", value = "coupling")
        Kind kind,
    @Param(doc = "Coupling or autoregressive layers.", value = "6", min = 1, max = 256) int layers,
    @Param(doc = "Bins of each spline, K.", value = "16", min = 2, max = 256) int bins,
    @Param(
            doc =
                "Splines act on [−B, B], in units of a standardised column's deviation; beyond, the"
                    + " layer is the identity.",
            value = "4",
            min = 0.1,
            max = 1000)
        double bound,
    @Param(
            doc = "Widths of the hidden layers of each layer's network.",
            value = "[64, 64]",
            min = 1,
            max = 65536)
        List<Integer> hidden,
    @Param(doc = "Nonlinearity of the networks.", value = "relu") Activation activation,
    @Param(doc = "Whether to learn p(x | label) instead of p(x).", value = "false")
        boolean conditional,
    Training training) {
  /** What a layer is. */
  public enum Kind {
    COUPLING,
    AUTOREGRESSIVE
  }
}
