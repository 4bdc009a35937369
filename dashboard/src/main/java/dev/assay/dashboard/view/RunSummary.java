package dev.assay.dashboard.view;

import dev.assay.dashboard.index.RunRow;
import org.jspecify.annotations.Nullable;

/** A run in a list; see {@code openapi.yaml}. */
public record RunSummary(
    String id,
    String run,
    String experiment,
    String status,
    String reason,
    String model,
    String params,
    String family,
    String dataset,
    String split,
    String backend,
    String device,
    String precision,
    long trainSeed,
    long sampleSeed,
    long steps,
    long examples,
    double seconds,
    @Nullable String started,
    @Nullable String updated,
    @Nullable String commit,
    String source) {
  public static RunSummary of(RunRow r) {
    return new RunSummary(
        r.id(),
        r.run(),
        r.experiment(),
        r.status().name(),
        r.reason(),
        r.model(),
        r.params(),
        r.family(),
        r.dataset(),
        r.split(),
        r.backend(),
        r.device(),
        r.precision(),
        r.trainSeed(),
        r.sampleSeed(),
        r.steps(),
        r.examples(),
        r.seconds(),
        r.started(),
        r.updated(),
        r.commit(),
        r.source());
  }
}
