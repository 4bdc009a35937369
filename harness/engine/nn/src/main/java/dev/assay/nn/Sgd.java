package dev.assay.nn;

import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gradient descent with momentum: u ← μ u + g; θ ← θ − η u, or with Nesterov's θ ← θ − η (g + μ u).
 * Sutskever et al. 2013, §2, with the learning rate outside the velocity as in PyTorch.
 *
 * @param state where velocities are kept
 * @param momentum μ in [0, 1)
 * @param nesterov whether to look ahead
 */
public record Sgd(ParameterStore state, double momentum, boolean nesterov) implements Optimizer {
  public Sgd {
    if (!(momentum >= 0 && momentum < 1)) {
      throw new IllegalArgumentException("momentum must be in [0, 1): " + momentum);
    }
  }

  /** Without momentum. */
  public static Sgd plain(ParameterStore state) {
    return new Sgd(state, 0, false);
  }

  @Override
  public Map<Variable, Tensor> step(
      List<Parameter> parameters, List<Tensor> gradients, Tensor learningRate) {
    Map<Variable, Tensor> assigns = new LinkedHashMap<>();
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      Tensor direction = gradients.get(i);
      if (momentum > 0) {
        Variable velocity = state.shared("velocity." + parameter.name(), parameter.shape());
        Tensor u = velocity.tensor().mul((float) momentum).add(direction);
        assigns.put(velocity, u);
        direction = nesterov ? direction.add(u.mul((float) momentum)) : u;
      }
      assigns.put(parameter.variable(), parameter.value().sub(direction.mul(learningRate)));
    }
    return assigns;
  }
}
