package dev.assay.plugins.statistical.ppca;

import dev.assay.spi.Param;

/**
 * @param latent dimensions of the latent
 */
public record PpcaConfig(
    @Param(doc = "Dimensions of the latent; fewer than x has.", value = "8", min = 1, max = 65536)
        int latent) {}
