package dev.assay.plugins.transformer.translation;

import dev.assay.plugins.transformer.lora.Adapters;
import dev.assay.spi.Defaults;
import dev.assay.spi.Param;
import dev.assay.spi.text.Tuning;

/** Configuration of a transformer that is trained on from its parent; sizes are the parent's. */
public record TransformerTunedConfig(
    @Param(doc = "Pairs per update.", value = "64", min = 1, max = 65536) int batch,
    @Param(
            doc = "Dropout rate of embeddings and of what each part adds.",
            value = "0.1",
            min = 0,
            max = 0.95)
        double dropout,
    @Param(
            doc = "Share of the probability that training asks for all tokens alike.",
            value = "0.1",
            min = 0,
            max = 0.99)
        double labelSmoothing,
    @Defaults("learning_rate=3e-4") Tuning tuning,
    Adapters adapters) {}
