package dev.assay.plugins.transformer.gpt;

import dev.assay.plugins.transformer.lora.Adapters;
import dev.assay.spi.Defaults;
import dev.assay.spi.Param;
import dev.assay.spi.text.Tuning;

/** Configuration of a fine-tuning by low-rank matrices; sizes are those of the base. */
public record LoraConfig(
    @Defaults("rank=8") Adapters adapters,
    @Param(doc = "Windows per update.", value = "12", min = 1, max = 65536) int batch,
    @Param(
            doc = "Dropout rate of embeddings and of what each block adds.",
            value = "0",
            min = 0,
            max = 0.95)
        double dropout,
    Tuning tuning) {}
