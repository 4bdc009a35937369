package dev.assay.bench.jmh;

/** Updates of networks: forward, backward and optimizer. */
public class TrainingBenchmark extends StepBenchmark {}
