package dev.assay.dashboard.live;

import org.jspecify.annotations.Nullable;

/**
 * A run in progress; see {@code openapi.yaml}.
 *
 * @param curve whose value it is, such as {@code train.loss}; null before the first point
 * @param fraction of the budget, where that can be told
 * @param etaSeconds null where it cannot be told, as are the rates of a run that stalled
 * @param stalled whether nobody works on it
 */
public record LiveRun(
    String id,
    String run,
    String experiment,
    String model,
    String params,
    String family,
    String dataset,
    String backend,
    String precision,
    long trainSeed,
    long step,
    long examples,
    double seconds,
    @Nullable String curve,
    @Nullable Double value,
    @Nullable Double stepsPerSecond,
    @Nullable Double examplesPerSecond,
    @Nullable Double fraction,
    @Nullable Double etaSeconds,
    @Nullable String started,
    @Nullable String updated,
    boolean stalled) {}
