package dev.assay.tensor.reference;

import dev.assay.tensor.Graph;
import dev.assay.tensor.Op;
import dev.assay.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Evaluates tensors in float64 throughout: the reference's arithmetic without its rounding. */
public final class Exact {
  private Exact() {}

  /** The elements of each tensor, given those of the inputs by name. */
  public static List<double[]> of(List<Tensor> tensors, Map<String, double[]> inputs) {
    Map<Tensor, double[]> values = new HashMap<>();
    for (Tensor t : Graph.order(tensors)) {
      double[] computed =
          t.op() instanceof Op.Input(String name)
              ? inputs.get(name)
              : Evaluator.exact(t, t.operands().stream().map(values::get).toList());
      values.put(t, computed);
    }
    return tensors.stream().map(values::get).toList();
  }

  /** The elements of a tensor without inputs. */
  public static double[] of(Tensor t) {
    return of(List.of(t), Map.of()).get(0);
  }
}
