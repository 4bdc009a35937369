package dev.assay.plugins.flow;

import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One transform after another: z = fₙ(… f₁(x)).
 *
 * @param steps f₁ first
 */
public record Chain(List<Transform> steps) implements Transform {
  public Chain {
    steps = List.copyOf(steps);
  }

  @Override
  public Mapped forward(Tensor x, Condition condition) {
    Tensor z = x;
    Tensor total = Tensor.fill(0, Shape.of(x.dim(0)));
    for (Transform step : steps) {
      Mapped next = step.forward(z, condition);
      z = next.value();
      total = total.add(next.logDeterminant());
    }
    return new Mapped(z, total);
  }

  @Override
  public Mapped inverse(Tensor z, Condition condition) {
    Tensor x = z;
    Tensor total = Tensor.fill(0, Shape.of(z.dim(0)));
    for (Transform step : steps.reversed()) {
      Mapped next = step.inverse(x, condition);
      x = next.value();
      total = total.add(next.logDeterminant());
    }
    return new Mapped(x, total);
  }

  @Override
  public Start start(Tensor x, Condition condition) {
    Tensor z = x;
    Map<Variable, Tensor> assigns = new LinkedHashMap<>();
    for (Transform step : steps) {
      Start next = step.start(z, condition);
      z = next.value();
      assigns.putAll(next.assigns());
    }
    return new Start(z, assigns);
  }
}
