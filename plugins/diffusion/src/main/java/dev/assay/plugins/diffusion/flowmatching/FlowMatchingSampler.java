package dev.assay.plugins.diffusion.flowmatching;

import dev.assay.spi.Param;

/** How samples are drawn from a flow. */
public record FlowMatchingSampler(
    @Param(doc = "euler, or heun, which looks at the network twice in each step.", value = "heun")
        Method method,
    @Param(doc = "Steps from noise to data.", value = "40", min = 1, max = 100000) int steps,
    @Param(
            doc = "With conditional: s of u + s (c − u); 0 leaves labels aside, 1 is p(x | label).",
            value = "1",
            min = 0,
            max = 100)
        double guidance,
    @Param(
            doc = "Completions: how often each step is gone, so that both parts may agree.",
            value = "4",
            min = 1,
            max = 1000)
        int resampling) {
  /** Methods by the names of the configuration. */
  public enum Method {
    EULER,
    HEUN
  }
}
