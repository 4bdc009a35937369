package dev.assay.tensor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An adjoint as a product that is not multiplied out yet: where a value reaches the loss by several
 * elementwise ways, their slopes are added first and multiply the common origin once. The sum of
 * slopes does not depend on the adjoint, so it can be made on the way forward, while the value is
 * at hand, in place of all that it is made from.
 *
 * @param origin an adjoint
 * @param slopes factors, first to last
 */
record Adjoint(Tensor origin, List<Tensor> slopes) {
  static Adjoint of(Tensor origin) {
    return new Adjoint(origin, List.of());
  }

  /** This times a slope of the same shape. */
  Adjoint times(Tensor slope) {
    List<Tensor> more = new ArrayList<>(slopes);
    more.add(slope);
    return new Adjoint(origin, List.copyOf(more));
  }

  /** The product. */
  Tensor value() {
    return slopes.stream().reduce(origin, Tensor::mul);
  }

  private Tensor slope() {
    return slopes.stream().reduce(Tensor::mul).orElseGet(() -> Tensor.fill(1, origin.shape()));
  }

  /** The sum as products of distinct origins. */
  static List<Adjoint> collect(List<Adjoint> parts) {
    Map<Tensor, List<Adjoint>> byOrigin = new LinkedHashMap<>();
    for (Adjoint part : parts) {
      byOrigin.computeIfAbsent(part.origin, unused -> new ArrayList<>()).add(part);
    }
    return byOrigin.entrySet().stream().map(e -> sum(e.getKey(), e.getValue())).toList();
  }

  private static Adjoint sum(Tensor origin, List<Adjoint> parts) {
    return parts.size() == 1
        ? parts.getFirst()
        : of(origin).times(parts.stream().map(Adjoint::slope).reduce(Tensor::add).orElseThrow());
  }
}
