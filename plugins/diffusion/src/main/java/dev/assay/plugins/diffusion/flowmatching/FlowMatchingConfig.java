package dev.assay.plugins.diffusion.flowmatching;

import dev.assay.plugins.diffusion.Architecture;
import dev.assay.plugins.diffusion.DenoiserTraining;

/** Training configuration of flow matching. */
public record FlowMatchingConfig(Architecture architecture, DenoiserTraining.Settings training) {}
