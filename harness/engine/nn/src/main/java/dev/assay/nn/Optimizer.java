package dev.assay.nn;

import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.util.List;
import java.util.Map;

/**
 * Adds an update rule to a graph. Its state (moments, step count) lives in variables of its {@link
 * ParameterStore}, so a restored run continues exactly and one compiled program serves all steps.
 */
public interface Optimizer {
  /**
   * New values of the parameters and of the optimizer's own variables. The state is created at the
   * first call; programs of the same parameters share it.
   *
   * @param gradients of the loss, in the order of the parameters
   * @param learningRate a scalar, usually an input
   */
  Map<Variable, Tensor> step(
      List<Parameter> parameters, List<Tensor> gradients, Tensor learningRate);
}
