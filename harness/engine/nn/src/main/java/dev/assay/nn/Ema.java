package dev.assay.nn;

import dev.assay.tensor.Graph;
import dev.assay.tensor.Op;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Exponential moving average of parameters: a ← δ a + (1 − δ) θ, starting at the parameters'
 * present values. Polyak and Juditsky 1992, in the exponential form of Tarvainen and Valpola 2017.
 */
public final class Ema {
  private final double decay;
  private final Map<Variable, Variable> averages = new LinkedHashMap<>();

  /**
   * @param state where averages are kept
   * @param decay δ in [0, 1)
   */
  public Ema(ParameterStore state, List<Parameter> parameters, double decay) {
    if (!(decay >= 0 && decay < 1)) {
      throw new IllegalArgumentException("EMA decay must be in [0, 1): " + decay);
    }
    this.decay = decay;
    for (Parameter parameter : parameters) {
      float[] values = new float[parameter.shape().size()];
      parameter.variable().read(values);
      Variable average = state.buffer(parameter.name(), parameter.shape(), 0);
      average.write(values);
      averages.put(parameter.variable(), average);
    }
  }

  /**
   * New averages after an update.
   *
   * @param updates new values by variable, the parameters' among them
   */
  public Map<Variable, Tensor> step(Map<Variable, Tensor> updates) {
    Map<Variable, Tensor> assigns = new LinkedHashMap<>();
    averages.forEach((variable, average) -> {
      Tensor value = updates.getOrDefault(variable, variable.tensor());
      Tensor kept = average.tensor().mul((float) decay);
      assigns.put(average, kept.add(value.mul((float) (1 - decay))));
    });
    return assigns;
  }

  /** The same expression with every parameter read as its average. */
  public Tensor averaged(Tensor y) {
    Map<Tensor, Tensor> rewritten = new HashMap<>();
    Map<Variable, Tensor> leaves = new HashMap<>();
    for (Tensor t : Graph.order(List.of(y))) {
      if (t.op() instanceof Op.State(Variable variable) && averages.containsKey(variable)) {
        rewritten.put(
            t, leaves.computeIfAbsent(variable, v -> averages.getOrDefault(v, v).tensor()));
      } else {
        List<Tensor> operands =
            t.operands().stream().map(o -> rewritten.getOrDefault(o, o)).toList();
        rewritten.put(t, operands.equals(t.operands()) ? t : t.withOperands(operands));
      }
    }
    return rewritten.getOrDefault(y, y);
  }
}
