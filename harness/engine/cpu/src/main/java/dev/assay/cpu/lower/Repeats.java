package dev.assay.cpu.lower;

import dev.assay.tensor.plan.Buffer;
import dev.assay.tensor.plan.Kernel;
import dev.assay.tensor.plan.View;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which products of a plan multiply by the same matrix, unchanged in between: the recurrent weights
 * of an unrolled network.
 */
final class Repeats {
  /** Products from which a copy of the matrix is worth it. */
  private static final int FEWEST = 4;

  private final Map<Kernel.MatMul, Group> groups = new IdentityHashMap<>();

  /** Products with one B; the first is in a phase of its own. */
  static final class Group {
    private final int phase;
    private int size;

    private Group(int phase) {
      this.phase = phase;
    }
  }

  private Repeats() {}

  /**
   * @param phases kernels of a plan, those of a phase at the same time
   * @param suits which products count
   */
  static Repeats of(List<List<Kernel>> phases, Predicate<Kernel.MatMul> suits) {
    Repeats repeats = new Repeats();
    Map<View, Group> open = new HashMap<>();
    for (int phase = 0; phase < phases.size(); phase++) {
      for (Kernel kernel : phases.get(phase)) {
        if (kernel instanceof Kernel.MatMul product && suits.test(product)) {
          repeats.add(product, phase, open);
        }
      }
      Set<Buffer> written =
          phases.get(phase).stream()
              .flatMap(kernel -> kernel.writes().stream())
              .map(View::buffer)
              .collect(Collectors.toSet());
      open.keySet().removeIf(view -> written.contains(view.buffer()));
    }
    repeats.groups.values().removeIf(group -> group.size < FEWEST);
    return repeats;
  }

  private void add(Kernel.MatMul product, int phase, Map<View, Group> open) {
    Group group = open.computeIfAbsent(product.b(), _ -> new Group(phase));
    boolean besideFirst = group.phase == phase && group.size > 0;
    if (!besideFirst) {
      group.size++;
      groups.put(product, group);
    }
  }

  /** The group that a product belongs to, or null. */
  @Nullable Group of(Kernel.MatMul product) {
    return groups.get(product);
  }
}
