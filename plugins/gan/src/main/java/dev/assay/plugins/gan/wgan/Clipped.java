package dev.assay.plugins.gan.wgan;

import dev.assay.nn.Optimizer;
import dev.assay.nn.Parameter;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * w ← clip(w, −c, c) after each step: keeps the critic's slope bounded. Algorithm 1, line 7.
 *
 * @param bound c, positive
 */
record Clipped(Optimizer optimizer, double bound) implements Optimizer {
  @Override
  public Map<Variable, Tensor> step(
      List<Parameter> parameters, List<Tensor> gradients, Tensor learningRate) {
    Map<Variable, Tensor> assigns =
        new LinkedHashMap<>(optimizer.step(parameters, gradients, learningRate));
    for (Parameter w : parameters) {
      assigns.computeIfPresent(
          w.variable(), (_, moved) -> moved.max((float) -bound).min((float) bound));
    }
    return assigns;
  }
}
