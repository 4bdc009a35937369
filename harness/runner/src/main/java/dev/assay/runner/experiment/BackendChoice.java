package dev.assay.runner.experiment;

import dev.assay.spi.Param;
import java.util.Optional;

/** An entry of {@code backends}. */
public record BackendChoice(
    @Param(doc = "Backend: reference, cpu, jcuda, or one of a plugin.", value = "cpu") String id,
    @Param(doc = "Arithmetic: fp32, or a faster one that the backend has.", value = "fp32")
        String precision,
    @Param(
            doc = "Compute threads of one run; all processors, shared by the jobs, unless given.",
            value = "",
            min = 1,
            max = 4096)
        Optional<Integer> threads,
    @Param(
            doc =
                "Whose matrix products a GPU runs: own, cublas, or auto, the faster for each shape.",
            value = "")
        Optional<String> blas) {}
