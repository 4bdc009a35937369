"use strict";
/* What is measured of every run, as rows of a board carry it. */
assay.measures = [
  { key: "trainSeconds", label: "train", metric: "train.seconds", unit: "s", direction: "lower" },
  {
    key: "sampleExamplesPerSecond",
    label: "samples/s",
    metric: "sample.examples_per_second",
    unit: "1/s",
    direction: "higher",
  },
  {
    key: "parameters",
    label: "parameters",
    metric: "parameters",
    unit: "1",
    direction: "lower",
  },
  {
    key: "memoryPeakBytes",
    label: "memory",
    metric: "memory.peak_bytes",
    unit: "B",
    direction: "lower",
  },
  {
    key: "trainExamplesPerSecond",
    label: "examples/s",
    metric: "train.examples_per_second",
    unit: "1/s",
    direction: "higher",
  },
  {
    key: "stepMilliseconds",
    label: "step",
    metric: "step.milliseconds",
    unit: "ms",
    direction: "lower",
  },
  {
    key: "sampleSeconds",
    label: "sampling",
    metric: "sample.seconds",
    unit: "s",
    direction: "lower",
  },
  { key: "energyJoules", label: "energy", metric: "energy.joules", unit: "J", direction: "lower" },
  {
    key: "flopsPerStep",
    label: "flop/step",
    metric: "flops_per_step",
    unit: "flop",
    direction: "lower",
  },
].map((measure) => ({
  ...measure,
  text: (value) =>
    measure.label.endsWith("/s") ? assay.format.si(value) : assay.format.quantity(value, measure.unit),
}));
