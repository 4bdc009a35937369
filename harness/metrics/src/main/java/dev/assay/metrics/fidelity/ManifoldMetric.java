package dev.assay.metrics.fidelity;

import dev.assay.metrics.Statistics;
import dev.assay.metrics.distribution.Manifolds;
import dev.assay.metrics.distribution.Manifolds.Boundary;
import dev.assay.tensor.RandomStream;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** How samples and held-out points, equally many, cover each other by balls of neighbours. */
abstract class ManifoldMetric extends FeatureMetric {
  private static final int MINIMUM = 100;

  private final int neighbours;
  private final Boundary boundary;
  private final ToDoubleFunction<Manifolds> part;

  /**
   * @param neighbours a ball reaches to which neighbour
   * @param high largest possible value
   */
  ManifoldMetric(
      String id,
      String name,
      double high,
      String source,
      int neighbours,
      Boundary boundary,
      ToDoubleFunction<Manifolds> part) {
    super(id, new Info(name, "1", Direction.HIGHER, 0, high, MINIMUM, source));
    this.neighbours = neighbours;
    this.boundary = boundary;
    this.part = part;
  }

  @Override
  final Sets compared(Sets sets) {
    return sets.balanced();
  }

  @Override
  final Statistics.Mean value(Sets sets, RandomStream random) {
    Manifolds manifolds = Manifolds.compare(sets.held(), sets.samples(), neighbours, boundary);
    return Statistics.Mean.withoutInterval(part.applyAsDouble(manifolds));
  }

  @Override
  final String settings() {
    return "|neighbours:" + neighbours + "|balls:" + boundary.name().toLowerCase(Locale.ROOT);
  }
}
