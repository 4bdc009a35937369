package dev.assay.dashboard.index;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One number of a run on a board.
 *
 * @param current whether the run belongs to its experiment as that was stated last
 * @param resumed how often its training went on from a checkpoint
 * @param dirty whether its code had changes that no commit holds
 * @param measures in the order of {@link Measure}; null where there is none
 * @param flag why the run's samples are not ranked; null if they are
 */
public record BoardValue(
    RunRow run,
    String sampler,
    double value,
    @Nullable Double low,
    @Nullable Double high,
    long n,
    boolean current,
    int resumed,
    boolean dirty,
    List<@Nullable Double> measures,
    @Nullable String flag) {}
