package dev.assay.spi;

import java.util.Map;

/**
 * What one training update did.
 *
 * @param loss the objective before the update, in the model's own unit (nats per example where it
 *     is a likelihood)
 * @param examples training examples used
 * @param finished further updates would change nothing: a closed form, a converged EM
 * @param details further curves by name, such as {@code kl}
 */
public record StepReport(
    double loss, long examples, boolean finished, Map<String, Double> details) {
  public StepReport {
    details = Map.copyOf(details);
  }

  public static StepReport of(double loss, long examples) {
    return new StepReport(loss, examples, false, Map.of());
  }
}
