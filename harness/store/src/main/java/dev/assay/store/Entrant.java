package dev.assay.store;

/** What stays when the seed is left out. */
record Entrant(
    String experiment,
    String dataset,
    String model,
    String params,
    String sampler,
    String backend,
    String precision) {
  static Entrant of(RunRecord record, String sampler) {
    RunRecord.Subject s = record.subject();
    return new Entrant(
        record.experiment(),
        s.dataset(),
        s.model(),
        s.params(),
        sampler,
        s.backend(),
        s.precision());
  }

  Entrant withoutSampler() {
    return new Entrant(experiment, dataset, model, params, "", backend, precision);
  }
}
