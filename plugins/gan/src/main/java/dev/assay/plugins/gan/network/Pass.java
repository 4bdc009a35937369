package dev.assay.plugins.gan.network;

import dev.assay.nn.BatchNorm;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One traversal of a network. In training, batches are normalised by their own statistics; else by
 * the running ones. What layers would have remembered (running statistics, singular vectors) is
 * collected, and kept only if the program of this pass assigns it: so a step of one player leaves
 * the other's state alone.
 */
public final class Pass {
  private final boolean training;
  private final Map<Variable, Tensor> assigns = new LinkedHashMap<>();
  private final Map<Object, Tensor> shared = new HashMap<>();

  private Pass(boolean training) {
    this.training = training;
  }

  public static Pass training() {
    return new Pass(true);
  }

  public static Pass evaluation() {
    return new Pass(false);
  }

  /** New values of the network's own state. */
  public Map<Variable, Tensor> assigns() {
    return assigns;
  }

  /** x [.., channels] → the same shape. */
  public Tensor normalised(BatchNorm norm, Tensor x) {
    if (!training) {
      return norm.evaluate(x);
    }
    BatchNorm.Trained trained = norm.train(x);
    assigns.putAll(trained.assigns());
    return trained.y();
  }

  /** Has a variable set after a training pass. */
  public void remember(Variable variable, Tensor value) {
    if (training) {
      assigns.put(variable, value);
    }
  }

  /** What is computed once in this pass, however often the network is applied. */
  Tensor once(Object key, Supplier<Tensor> value) {
    Tensor known = shared.get(key);
    if (known == null) {
      known = value.get();
      shared.put(key, known);
    }
    return known;
  }
}
