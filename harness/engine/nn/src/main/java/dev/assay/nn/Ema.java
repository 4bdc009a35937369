package dev.assay.nn;

import dev.assay.tensor.Graph;
import dev.assay.tensor.Op;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Exponential moving average of parameters: a ← δ a + (1 − δ) θ, starting at the parameters'
 * present values. Polyak and Juditsky 1992, in the exponential form of Tarvainen and Valpola 2017.
 */
public final class Ema {
  private final double decay;
  private final @Nullable Variable updates;
  private final Map<Variable, Variable> averages = new LinkedHashMap<>();

  /**
   * @param state where averages are kept
   * @param decay δ in [0, 1)
   */
  public Ema(ParameterStore state, List<Parameter> parameters, double decay) {
    this(state, parameters, decay, null);
  }

  private Ema(
      ParameterStore state, List<Parameter> parameters, double decay, @Nullable Variable updates) {
    if (!(decay >= 0 && decay < 1)) {
      throw new IllegalArgumentException("EMA decay must be in [0, 1): " + decay);
    }
    this.decay = decay;
    this.updates = updates;
    for (Parameter parameter : parameters) {
      float[] values = new float[parameter.shape().size()];
      parameter.variable().read(values);
      Variable average = state.buffer(parameter.name(), parameter.shape(), 0);
      average.write(values);
      averages.put(parameter.variable(), average);
    }
  }

  /**
   * Averages whose decay at update n is min(δ, n / (n + 9)), n from 1: they soon forget the initial
   * values, as those of TensorFlow do when told the number of updates.
   *
   * @param state where averages and the number of updates are kept
   * @param decay δ in [0, 1)
   */
  public static Ema warmedUp(ParameterStore state, List<Parameter> parameters, double decay) {
    return new Ema(state, parameters, decay, state.buffer("updates", Shape.SCALAR, 0));
  }

  /**
   * New averages after an update.
   *
   * @param values new values by variable, the parameters' among them
   */
  public Map<Variable, Tensor> step(Map<Variable, Tensor> values) {
    Map<Variable, Tensor> assigns = new LinkedHashMap<>();
    Tensor delta = Tensor.scalar((float) decay);
    if (updates != null) {
      Tensor n = updates.tensor().add(1);
      assigns.put(updates, n);
      delta = n.div(n.add(9)).min(delta);
    }
    Tensor fresh = Tensor.scalar(1).sub(delta);
    for (Map.Entry<Variable, Variable> entry : averages.entrySet()) {
      Variable variable = entry.getKey();
      Variable average = entry.getValue();
      Tensor value = values.getOrDefault(variable, variable.tensor());
      assigns.put(average, average.tensor().mul(delta).add(value.mul(fresh)));
    }
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
