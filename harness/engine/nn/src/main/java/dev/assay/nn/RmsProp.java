package dev.assay.nn;

import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * RMSProp: v ← α v + (1 − α) g²; θ ← θ − η g / (√v + ε). Tieleman and Hinton 2012, lecture 6.5,
 * slide 29, with ε outside the root as in PyTorch.
 *
 * @param state where mean squares are kept
 * @param decay α in [0, 1)
 * @param epsilon added to the root of the mean square, positive
 */
public record RmsProp(ParameterStore state, double decay, double epsilon) implements Optimizer {
  private static final double DECAY = 0.99;
  private static final double EPSILON = 1e-8;

  public RmsProp {
    if (!(decay >= 0 && decay < 1 && epsilon > 0)) {
      throw new IllegalArgumentException(
          "decay must be in [0, 1) and epsilon positive: " + decay + ", " + epsilon);
    }
  }

  /** α = 0.99, ε = 10⁻⁸. */
  public static RmsProp standard(ParameterStore state) {
    return new RmsProp(state, DECAY, EPSILON);
  }

  @Override
  public Map<Variable, Tensor> step(
      List<Parameter> parameters, List<Tensor> gradients, Tensor learningRate) {
    Map<Variable, Tensor> assigns = new LinkedHashMap<>();
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      Tensor g = gradients.get(i);
      Variable square = state.shared("v." + parameter.name(), parameter.shape());
      Tensor v = square.tensor().mul((float) decay).add(g.square().mul((float) (1 - decay)));
      Tensor direction = g.div(v.sqrt().add((float) epsilon));
      assigns.put(square, v);
      assigns.put(parameter.variable(), parameter.value().sub(direction.mul(learningRate)));
    }
    return assigns;
  }
}
