package dev.assay.plugins.vae;

import dev.assay.spi.Param;

/** What a model of this family is trained with. */
public record Training(
    @Param(
            doc =
                "p(x | z): auto takes bernoulli for binary images, discretized_logistic for other"
                    + " images, gaussian for tables.",
            value = "auto")
        Likelihood.Choice likelihood,
    @Param(doc = "Training examples per update.", value = "64", min = 1, max = 65536) int batch,
    @Param(doc = "Learning rate of Adam.", value = "1e-3", min = 0, max = 1) double learningRate) {}
