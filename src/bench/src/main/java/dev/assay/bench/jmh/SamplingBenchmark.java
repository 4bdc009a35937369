package dev.assay.bench.jmh;

/** Drawing from networks. */
public class SamplingBenchmark extends StepBenchmark {}
