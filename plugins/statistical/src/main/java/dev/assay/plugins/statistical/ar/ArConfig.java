package dev.assay.plugins.statistical.ar;

import dev.assay.spi.Param;

/** Order of the autoregression, and how it is kept from fitting too few examples too well. */
public record ArConfig(
    @Param(doc = "p: steps that each step looks back.", value = "4", min = 0, max = 1000) int order,
    @Param(
            doc = "Ridge: added to each squared regressor, in units of its mean square.",
            value = "1e-6",
            min = 1e-12,
            max = 100)
        double ridge) {}
