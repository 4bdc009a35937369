package dev.assay.runner.experiment;

import dev.assay.spi.Param;

/** Saving of training, so that a run that was cut can go on: the key {@code checkpoint}. */
public record CheckpointSettings(
    @Param(doc = "Steps, epochs or time between checkpoints.", value = "30s") Every every) {}
