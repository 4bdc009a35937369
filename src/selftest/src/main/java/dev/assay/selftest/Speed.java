package dev.assay.selftest;

import dev.assay.bench.steps.Step;
import dev.assay.bench.steps.Steps;
import dev.assay.bench.steps.Workload;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.DeviceClock;
import dev.assay.tensor.Flops;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * How long operations and training steps take: rounds of as many as fill {@link #ROUND_SECONDS},
 * which end when the device is done; the median round counts.
 */
final class Speed {
  private static final double ROUND_SECONDS = 0.1;
  private static final int ROUNDS = 9;
  private static final int[] PRODUCTS = {512, 1024, 2048, 4096};
  private static final int COPIED = 1 << 27;

  private Speed() {}

  static void run(Backend backend, Report report, PrintStream out) {
    for (int n : PRODUCTS) {
      product(backend, n, report, out);
    }
    copy(backend, report, out);
    for (Step step : Steps.kernels()) {
      time(step, backend, report, out);
    }
    for (Step step : Steps.training()) {
      time(step, backend, report, out);
    }
    for (Step step : Steps.large()) {
      time(step, backend, report, out);
    }
  }

  private static void product(Backend backend, int n, Report report, PrintStream out) {
    Shape square = Shape.of(n, n);
    Variable a = filled(backend, "a", square);
    Variable b = filled(backend, "b", square);
    Variable c = backend.variable("c", DType.F32, square);
    Graph graph = Graph.builder().assign(c, a.tensor().matmul(b.tensor())).build();
    Time time = time(backend, graph);
    row("product-" + n, Flops.of(graph), 3L * n * n * DType.BYTES, time, report, out);
  }

  private static void copy(Backend backend, Report report, PrintStream out) {
    Shape line = Shape.of(COPIED);
    Variable x = filled(backend, "x", line);
    Variable y = backend.variable("y", DType.F32, line);
    Tensor doubled = x.tensor().mul(2);
    Graph graph = Graph.builder().assign(y, doubled).build();
    Time time = time(backend, graph);
    row("doubling-" + COPIED, Flops.of(graph), 2L * COPIED * DType.BYTES, time, report, out);
  }

  /** Numbers that no hardware finds easy. */
  private static Variable filled(Backend backend, String name, Shape shape) {
    Variable variable = backend.variable(name, DType.F32, shape);
    float[] values = new float[shape.size()];
    int state = 1;
    for (int i = 0; i < values.length; i++) {
      state = state * 1664525 + 1013904223;
      values[i] = (state >> 8) * 0x1p-23f;
    }
    variable.write(values);
    return variable;
  }

  private static Time time(Backend backend, Graph graph) {
    try (Program program = backend.compile(graph)) {
      return time(backend, program::run, program::await);
    }
  }

  private static void time(Step step, Backend backend, Report report, PrintStream out) {
    try (Workload workload = step.open(backend)) {
      Time time = time(backend, workload::step, workload::await);
      Workload.Cost cost = workload.cost();
      report.measure(
          "speed", step.id(), cost.items() / time.seconds, step.unit() + "/s", step.description());
      row(step.id(), cost.flops(), cost.bytes(), time, report, out);
    }
  }

  private static void row(
      String name, long flops, long bytes, Time time, Report report, PrintStream out) {
    double seconds = time.seconds;
    report.measure("speed", name, 1e3 * seconds, "ms", "");
    time.device.ifPresent(
        device -> report.measure("speed", name, 1e3 * device, "ms", "the device's own time"));
    report.measure("speed", name, flops / seconds / 1e12, "TFLOP/s", "");
    report.measure("speed", name, bytes / seconds / 1e9, "GB/s", "");
    out.printf(
        Locale.ROOT,
        "speed %s: %.4g ms, %.4g TFLOP/s, %.4g GB/s%n",
        name,
        1e3 * seconds,
        flops / seconds / 1e12,
        bytes / seconds / 1e9);
  }

  /**
   * Of one piece of work.
   *
   * @param device by the device's own clock, the mean of all rounds; empty where it has none
   */
  private record Time(double seconds, OptionalDouble device) {}

  private static Time time(Backend backend, Runnable work, Runnable await) {
    int count = 1;
    while (round(count, work, await) < ROUND_SECONDS) {
      count *= 2;
    }
    double[] rounds = new double[ROUNDS];
    OptionalDouble before = deviceSeconds(backend);
    for (int i = 0; i < ROUNDS; i++) {
      rounds[i] = round(count, work, await) / count;
    }
    Arrays.sort(rounds);
    OptionalDouble device = OptionalDouble.empty();
    if (before.isPresent()) {
      double all = deviceSeconds(backend).orElseThrow() - before.getAsDouble();
      device = OptionalDouble.of(all / ROUNDS / count);
    }
    return new Time(rounds[ROUNDS / 2], device);
  }

  private static OptionalDouble deviceSeconds(Backend backend) {
    return backend instanceof DeviceClock clock
        ? OptionalDouble.of(clock.deviceSeconds())
        : OptionalDouble.empty();
  }

  private static double round(int count, Runnable work, Runnable await) {
    long begin = System.nanoTime();
    for (int i = 0; i < count; i++) {
      work.run();
    }
    await.run();
    return (System.nanoTime() - begin) / 1e9;
  }
}
