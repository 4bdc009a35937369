package dev.assay.bench.jmh;

/** Single operations: products, softmax, norms, and fused elementwise chains. */
public class KernelBenchmark extends StepBenchmark {}
