package dev.assay.runner.execute;

import dev.assay.runner.experiment.Registry;
import java.util.Map;

/**
 * What all cells of one command share.
 *
 * @param experiment display name
 * @param threads compute threads of one cell, unless it asks for a number
 * @param jobs cells at work at once
 * @param provenance facts about machine and code
 */
record Workplace(
    Registry registry,
    DataPool data,
    String experiment,
    int threads,
    int jobs,
    Map<String, String> provenance,
    Cancellation cancellation,
    RunObserver observer) {

  /** A place for cells that share the processors among the jobs. */
  static Workplace of(
      Registry registry,
      DataPool data,
      String experiment,
      PlanRunner.Settings settings,
      Cancellation cancellation,
      RunObserver observer) {
    return new Workplace(
        registry,
        data,
        experiment,
        Math.max(1, Runtime.getRuntime().availableProcessors() / settings.jobs()),
        settings.jobs(),
        settings.provenance(),
        cancellation,
        observer);
  }
}
