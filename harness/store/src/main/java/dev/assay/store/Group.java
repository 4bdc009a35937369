package dev.assay.store;

import java.util.Comparator;

/** Numbers that may stand beside each other. */
record Group(
    String experiment,
    String dataset,
    String metric,
    String kind,
    String unit,
    String signature,
    String direction) {
  static final Comparator<Group> ORDER =
      Comparator.comparing(Group::experiment)
          .thenComparing(Group::dataset)
          .thenComparing(Group::metric)
          .thenComparing(Group::kind)
          .thenComparing(Group::unit)
          .thenComparing(Group::signature)
          .thenComparing(Group::direction);

  static Group of(RunRecord record, MetricRow metric) {
    return new Group(
        record.experiment(),
        record.subject().dataset(),
        metric.metric(),
        metric.kind(),
        metric.unit(),
        metric.signature(),
        metric.direction());
  }
}
