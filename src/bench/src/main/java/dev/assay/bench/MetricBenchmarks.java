package dev.assay.bench;

import dev.assay.metrics.Points;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

/** Times metrics of samples at the size of a full evaluation: one run, after a small one. */
final class MetricBenchmarks {
  private static final int POINTS = 10_000;
  private static final int WARM_POINTS = 1000;
  private static final double NANOS = 1e9;
  private static final double MEBIBYTE = 1 << 20;

  private final Request request;

  MetricBenchmarks(Request request) {
    this.request = request;
  }

  /**
   * Prints a line for each.
   *
   * @throws IllegalArgumentException if a name is none of them; the message names the choices
   */
  void run() {
    List<String> names = request.names().isEmpty() ? SampleMetrics.names() : request.names();
    names.forEach(SampleMetrics::of);
    System.out.printf(
        Locale.ROOT, "%,d × %,d points of %d numbers%n", POINTS, POINTS, SampleMetrics.FEATURES);
    names.forEach(name -> time(name, SampleMetrics.of(name)));
  }

  private static void time(String name, BiConsumer<Points, Points> metric) {
    metric.accept(SampleMetrics.points(WARM_POINTS, 1), SampleMetrics.points(WARM_POINTS, 2));
    Points x = SampleMetrics.points(POINTS, 1);
    Points y = SampleMetrics.points(POINTS, 2);
    heap().forEach(MemoryPoolMXBean::resetPeakUsage);
    long start = System.nanoTime();
    metric.accept(x, y);
    double seconds = (System.nanoTime() - start) / NANOS;
    double peak = 0;
    for (MemoryPoolMXBean pool : heap()) {
      peak += (double) pool.getPeakUsage().getUsed();
    }
    System.out.printf(
        Locale.ROOT,
        "%-17s %7.2f s, heap at most %.0f MiB with both sets%n",
        name,
        seconds,
        peak / MEBIBYTE);
  }

  private static Iterable<MemoryPoolMXBean> heap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }
}
