package dev.assay.bench.jmh;

import dev.assay.bench.steps.Steps;
import dev.assay.bench.steps.Workload;
import dev.assay.cpu.CpuProvider;
import dev.assay.tensor.Backend;
import dev.assay.tensor.BackendProvider;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One compiled step, as {@link Steps} defines it, on the cpu backend. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public abstract class StepBenchmark {
  /** Which step. */
  @Param("vae-mlp")
  public String name;

  /** Compute threads. */
  @Param("1")
  public int computeThreads;

  private Backend backend;
  private Workload workload;

  /** Compiles the step. */
  @Setup
  public void open() {
    backend = new CpuProvider().open(new BackendProvider.Settings(computeThreads, "fp32"));
    workload = Steps.of(name).open(backend);
  }

  /** Frees its memory. */
  @TearDown
  public void close() {
    workload.close();
    backend.close();
  }

  /** Makes the next batch and runs the step on it, to its end. */
  @Benchmark
  public void step() {
    workload.step();
    workload.await();
  }
}
