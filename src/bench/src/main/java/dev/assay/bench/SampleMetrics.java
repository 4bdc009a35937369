package dev.assay.bench;

import dev.assay.metrics.Points;
import dev.assay.metrics.distribution.Frechet;
import dev.assay.metrics.distribution.Kernel;
import dev.assay.metrics.distribution.Manifolds;
import dev.assay.tensor.RandomStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** The metrics of samples that can be timed, and what they are computed on. */
public final class SampleMetrics {
  static final int FEATURES = 128;

  private static final int BLOCK = 1000;
  private static final int NEIGHBOURS = 5;
  private static final Map<String, BiConsumer<Points, Points>> ALL = all();

  private SampleMetrics() {}

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

  static List<String> names() {
    return List.copyOf(ALL.keySet());
  }

  /**
   * The metric of a name.
   *
   * @throws IllegalArgumentException if there is none; the message names the choices
   */
  public static BiConsumer<Points, Points> of(String name) {
    BiConsumer<Points, Points> metric = ALL.get(name);
    if (metric == null) {
      throw new IllegalArgumentException(
          "there is no metric '%s' to time; choices: %s"
              .formatted(name, String.join(", ", ALL.keySet())));
    }
    return metric;
  }

  /** Points [rows, 128] of half-normal numbers. */
  public static Points points(int rows, long seed) {
    RandomStream random = RandomStream.root(seed);
    double[] data = new double[rows * FEATURES];
    for (int i = 0; i < data.length; i++) {
      data[i] = Math.max(0, random.nextGaussian());
    }
    return new Points(rows, FEATURES, data);
  }
}
