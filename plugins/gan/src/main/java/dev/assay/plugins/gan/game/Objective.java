package dev.assay.plugins.gan.game;

import dev.assay.plugins.gan.network.Pass;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one player makes smaller.
 *
 * @param loss a scalar
 * @param assigns the player's other state after the update
 * @param curves further scalars to report, by name
 */
public record Objective(Tensor loss, Map<Variable, Tensor> assigns, Map<String, Tensor> curves) {
  public Objective {
    assigns = Map.copyOf(assigns);
    curves = Map.copyOf(curves);
  }

  /**
   * @param own the pass through the player's own network
   */
  public static Objective of(Tensor loss, Pass own) {
    return new Objective(loss, own.assigns(), Map.of());
  }

  /** This objective with a further curve. */
  public Objective with(String name, Tensor value) {
    Map<String, Tensor> more = new LinkedHashMap<>(curves);
    more.put(name, value);
    return new Objective(loss, assigns, more);
  }
}
