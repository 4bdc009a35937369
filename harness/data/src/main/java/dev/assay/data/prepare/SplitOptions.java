package dev.assay.data.prepare;

import dev.assay.spi.Param;

/**
 * Changes to a dataset's own split. Counts are examples; of one running text they are characters.
 */
public record SplitOptions(
    @Param(
            doc = "Training examples, from the end, to set aside for validation",
            value = "0",
            min = 0)
        int valid,
    @Param(
            doc =
                "Training examples to keep, from the start of what validation leaves; 0 keeps all",
            value = "0",
            min = 0)
        int train,
    @Param(doc = "Test examples to keep, from the start; 0 keeps all", value = "0", min = 0)
        int test) {}
