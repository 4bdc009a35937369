package dev.assay.bench.jmh;

import dev.assay.bench.SampleMetrics;
import dev.assay.metrics.Points;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Metrics of two sets of samples, on all processors. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class MetricBenchmark {
  /** Which metric. */
  @Param("fid")
  public String name;

  /** Points of each set, of 128 features. */
  @Param("2000")
  public int points;

  private Points first;
  private Points second;

  /** Draws both sets. */
  @Setup
  public void draw() {
    first = SampleMetrics.points(points, 1);
    second = SampleMetrics.points(points, 2);
  }

  /** Computes the metric. */
  @Benchmark
  public void compute() {
    SampleMetrics.of(name).accept(first, second);
  }
}
