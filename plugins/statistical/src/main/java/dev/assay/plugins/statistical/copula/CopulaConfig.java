package dev.assay.plugins.statistical.copula;

import dev.assay.spi.Param;
import java.util.List;

/** Margins of the columns, and how their dependence is found. */
public record CopulaConfig(
    @Param(
            doc =
                "Columns of a table, from 0, that hold few different values; with any there is no"
                    + " score.",
            value = "[]",
            min = 0,
            max = 1e6)
        List<Integer> discrete,
    @Param(
            doc = "Quantiles that carry a kernel of a continuous column's margin.",
            value = "32",
            min = 1,
            max = 100000)
        int quantiles,
    @Param(
            doc = "Share of independence in the correlations: keeps them definite.",
            value = "1e-3",
            min = 1e-9,
            max = 1)
        double shrinkage,
    @Param(
            doc = "Sweeps of the sampler that finds the correlations of discrete columns.",
            value = "40",
            min = 2,
            max = 1e6)
        int sweeps) {}
