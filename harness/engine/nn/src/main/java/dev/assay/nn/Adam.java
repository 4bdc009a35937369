package dev.assay.nn;

import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Adam (Kingma and Ba 2015, algorithm 1), optionally with decoupled weight decay (Loshchilov and
 * Hutter 2019, algorithm 2, with the decay scaled by the learning rate as in PyTorch).
 *
 * <p>1 − βᵗ is computed as −expm1(t ln β) from the step count t, which keeps full float accuracy at
 * every t; the count is exact to 2²⁴ steps and stays there, where the corrections are long 1.
 *
 * @param state where moments and the step count are kept
 * @param beta1 decay of the first moment, in [0, 1)
 * @param beta2 decay of the second moment, in (0, 1)
 * @param epsilon added to the root of the second moment, positive
 * @param weightDecay λ: decayed parameters are multiplied by 1 − η λ at each step
 * @param decayed which parameters decay
 */
public record Adam(
    ParameterStore state,
    double beta1,
    double beta2,
    double epsilon,
    double weightDecay,
    Predicate<Parameter> decayed)
    implements Optimizer {
  private static final double EPSILON = 1e-8;

  public Adam {
    if (!(beta1 >= 0 && beta1 < 1 && beta2 > 0 && beta2 < 1)) {
      throw new IllegalArgumentException(
          "betas must be in [0, 1) and (0, 1): " + beta1 + ", " + beta2);
    }
    if (!(epsilon > 0 && weightDecay >= 0)) {
      throw new IllegalArgumentException(
          "epsilon must be positive and weight decay at least 0: " + epsilon + ", " + weightDecay);
    }
  }

  /** β₁ = 0.9, β₂ = 0.999, no decay. */
  public static Adam standard(ParameterStore state) {
    return of(state, 0.9, 0.999);
  }

  /**
   * Without decay.
   *
   * @param beta1 decay of the first moment, in [0, 1)
   * @param beta2 decay of the second moment, in (0, 1)
   */
  public static Adam of(ParameterStore state, double beta1, double beta2) {
    return new Adam(state, beta1, beta2, EPSILON, 0, _ -> false);
  }

  /** With decoupled decay of matrices, filters and tables, not of biases and gains. */
  public static Adam decoupled(
      ParameterStore state, double beta1, double beta2, double weightDecay) {
    return new Adam(state, beta1, beta2, EPSILON, weightDecay, p -> p.shape().rank() >= 2);
  }

  @Override
  public Map<Variable, Tensor> step(
      List<Parameter> parameters, List<Tensor> gradients, Tensor learningRate) {
    Map<Variable, Tensor> assigns = new LinkedHashMap<>();
    Variable count = state.shared("step", Shape.SCALAR);
    Tensor t = count.tensor().add(1);
    assigns.put(count, t);
    Tensor rate = learningRate.div(correction(t, beta1));
    Tensor scale = correction(t, beta2).rsqrt();
    Tensor keep = Tensor.scalar(1).sub(learningRate.mul((float) weightDecay));
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      Tensor g = gradients.get(i);
      Variable first = state.shared("m." + parameter.name(), parameter.shape());
      Variable second = state.shared("v." + parameter.name(), parameter.shape());
      Tensor m = first.tensor().mul((float) beta1).add(g.mul((float) (1 - beta1)));
      Tensor v = second.tensor().mul((float) beta2).add(g.square().mul((float) (1 - beta2)));
      Tensor theta = parameter.value();
      Tensor held = weightDecay > 0 && decayed.test(parameter) ? theta.mul(keep) : theta;
      Tensor denominator = v.sqrt().mul(scale).add((float) epsilon);
      assigns.put(first, m);
      assigns.put(second, v);
      assigns.put(parameter.variable(), held.sub(m.div(denominator).mul(rate)));
    }
    return assigns;
  }

  /** 1 − βᵗ. */
  private static Tensor correction(Tensor t, double beta) {
    return beta == 0 ? Tensor.scalar(1) : t.mul((float) Math.log(beta)).expm1().neg();
  }
}
