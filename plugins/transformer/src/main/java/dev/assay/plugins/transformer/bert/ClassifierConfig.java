package dev.assay.plugins.transformer.bert;

import dev.assay.plugins.transformer.lora.Adapters;
import dev.assay.spi.Defaults;
import dev.assay.spi.Param;
import dev.assay.spi.text.Tuning;

/** Fine-tuning configuration of the classifier; sizes are those of the encoder. */
public record ClassifierConfig(
    @Param(doc = "Texts of an update.", value = "32", min = 1, max = 65536) int batch,
    @Param(
            doc = "Dropout rate of the encoder and of what the classes are told from.",
            value = "0.1",
            min = 0,
            max = 0.95)
        double dropout,
    @Defaults({"learning_rate=3e-4", "weight_decay=0.01"}) Tuning tuning,
    Adapters adapters) {}
