package dev.assay.plugins.transformer.t5;

import dev.assay.plugins.transformer.lora.Adapters;
import dev.assay.spi.Defaults;

/** Configuration of a T5 that is trained on from its parent; sizes are the parent's. */
public record T5TunedConfig(@Defaults("warmup=100") T5Training training, Adapters adapters) {}
