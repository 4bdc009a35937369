package dev.assay.bench;

import dev.assay.metrics.Points;
import dev.assay.metrics.distribution.Frechet;
import dev.assay.metrics.distribution.Kernel;
import dev.assay.metrics.distribution.Manifolds;
import dev.assay.tensor.RandomStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;

/** Times metrics of samples at the size of a full evaluation: one run, after a small one. */
final class MetricBenchmarks {
  private static final int POINTS = 10_000;
  private static final int WARM_POINTS = 1000;
  private static final int FEATURES = 128;
  private static final int BLOCK = 1000;
  private static final int NEIGHBOURS = 5;
  private static final double NANOS = 1e9;
  private static final double MEBIBYTE = 1 << 20;

  private final Request request;

  MetricBenchmarks(Request request) {
    this.request = request;
  }

  private static Map<String, BiConsumer<Points, Points>> all() {
    Map<String, BiConsumer<Points, Points>> all = new LinkedHashMap<>();
    all.put("fid", Frechet::distance);
    all.put(
        "kid",
        (x, y) -> {
          for (int from = 0; from + BLOCK <= x.rows(); from += BLOCK) {
            Kernel.polynomial(x.range(from, from + BLOCK), y.range(from, from + BLOCK));
          }
        });
    all.put(
        "precision-recall",
        (x, y) -> Manifolds.compare(x, y, NEIGHBOURS, Manifolds.Boundary.CLOSED));
    return all;
  }

  /**
   * Prints a line for each.
   *
   * @throws IllegalArgumentException if a name is none of them; the message names the choices
   */
  void run() {
    Map<String, BiConsumer<Points, Points>> all = all();
    for (String name : request.names()) {
      if (!all.containsKey(name)) {
        throw new IllegalArgumentException(
            "there is no metric '%s' to time; choices: %s"
                .formatted(name, String.join(", ", all.keySet())));
      }
    }
    System.out.printf(Locale.ROOT, "%,d × %,d points of %d numbers%n", POINTS, POINTS, FEATURES);
    all.forEach((name, metric) -> {
      if (request.names().isEmpty() || request.names().contains(name)) {
        time(name, metric);
      }
    });
  }

  private static void time(String name, BiConsumer<Points, Points> metric) {
    metric.accept(points(WARM_POINTS, 1), points(WARM_POINTS, 2));
    Points x = points(POINTS, 1);
    Points y = points(POINTS, 2);
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

  private static Points points(int rows, long seed) {
    RandomStream random = RandomStream.root(seed);
    double[] data = new double[rows * FEATURES];
    for (int i = 0; i < data.length; i++) {
      data[i] = Math.max(0, random.nextGaussian());
    }
    return new Points(rows, FEATURES, data);
  }
}
