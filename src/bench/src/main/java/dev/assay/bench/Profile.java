package dev.assay.bench;

import dev.assay.bench.compare.Timing;
import dev.assay.bench.steps.Step;
import dev.assay.bench.steps.Steps;
import dev.assay.bench.steps.Workload;
import dev.assay.cpu.CpuProvider;
import dev.assay.tensor.Backend;
import dev.assay.tensor.BackendProvider;
import java.util.Locale;

/**
 * Repeats one step for a profiler to watch, and prints how long it took: {@code Profile STEP
 * [--seconds S] [--warm S] [--threads N]}.
 */
public final class Profile {
  private final Step step;
  private double seconds = 10;
  private double warm = 5;
  private int threads = Runtime.getRuntime().availableProcessors();

  private Profile(String[] arguments) {
    if (arguments.length % 2 == 0) {
      throw new IllegalArgumentException(
          "usage: STEP [--seconds S] [--warm S] [--threads N]; steps: "
              + String.join(", ", Steps.ids()));
    }
    step = Steps.of(arguments[0]);
    for (int i = 1; i < arguments.length; i += 2) {
      String value = arguments[i + 1];
      switch (arguments[i]) {
        case "--seconds" -> seconds = Double.parseDouble(value);
        case "--warm" -> warm = Double.parseDouble(value);
        case "--threads" -> threads = Integer.parseInt(value);
        default ->
            throw new IllegalArgumentException(
                "there is no option " + arguments[i] + "; options: --seconds, --warm, --threads");
      }
    }
  }

  /** Entry point; see the class. */
  public static void main(String[] arguments) {
    try {
      new Profile(arguments).run();
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  private void run() {
    BackendProvider.Settings settings = new BackendProvider.Settings(threads, "fp32");
    long begin = System.nanoTime();
    try (Backend backend = new CpuProvider().open(settings);
        Workload workload = step.open(backend)) {
      double compiled = (System.nanoTime() - begin) / 1e9;
      workload.step();
      double first = (System.nanoTime() - begin) / 1e9;
      double loss = workload.loss();
      Timing.of(workload, warm);
      print("%s: %s%n", step.id(), step.description());
      print("%s%n", backend.facts());
      print("compiled after %.0f ms, first step after %.0f ms%n", compiled * 1e3, first * 1e3);
      report(workload, Timing.of(workload, seconds));
      print("loss %.4f at the first step, %.4f at the last%n", loss, workload.loss());
    }
  }

  private void report(Workload workload, Timing timing) {
    Workload.Cost cost = workload.cost();
    double median = timing.median();
    print(
        "%.3f ms/step median, %.3f least, of %d steps; %.0f %s/s%n",
        median * 1e3, timing.least() * 1e3, timing.steps(), cost.items() / median, step.unit());
    print(
        "%.3f GFLOP and %.1f MB a step: %.1f GFLOP/s, %.1f GB/s; %d parameters%n",
        cost.flops() / 1e9,
        cost.bytes() / 1e6,
        cost.flops() / median / 1e9,
        cost.bytes() / median / 1e9,
        cost.parameters());
    print("%.0f bytes of heap a step%n", timing.heapBytes());
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
  }
}
