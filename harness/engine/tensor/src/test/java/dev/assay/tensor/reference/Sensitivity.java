package dev.assay.tensor.reference;

import dev.assay.tensor.DType;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Op;
import dev.assay.tensor.Op.BinaryFn;
import dev.assay.tensor.Op.ReduceFn;
import dev.assay.tensor.Op.UnaryFn;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * How far rounding can move the results of a graph. The graph is evaluated several times with every
 * operand and result of every rounding operation changed by a random factor 1 ± 2⁻²³, a little more
 * where a function is hard to compute. The factors of k products that are summed are changed by 2√k
 * times that, the terms of a plain sum by k times that: adding in float32 one by one may lose so
 * much, above all where terms repeat and rounding leans to one side. The root mean square of what
 * this does to an element is its sensitivity: what a correct float32 backend can be held to,
 * whatever it fuses, reorders or recomputes. Operations on small integers, movement and comparisons
 * are exact and are left alone.
 */
public final class Sensitivity {
  private static final int RUNS = 12;
  private static final double UNIT = 0x1p-23;
  private static final double EXACT = 0x1p22;

  private final Graph graph;
  private final List<Tensor> order;
  private final List<Map<Variable, double[]>> states = new ArrayList<>();
  private final SplittableRandom random = new SplittableRandom(0x5EED);
  private final List<Map<Tensor, double[]>> last = new ArrayList<>();

  /** Starts from the variables' present values; they belong to a reference backend. */
  public Sensitivity(Graph graph) {
    this.graph = graph;
    this.order = graph.order();
    for (int run = 0; run < RUNS; run++) {
      states.add(new HashMap<>());
    }
  }

  /** One replay on the given inputs, by name. */
  public void step(Map<String, double[]> inputs) {
    last.clear();
    for (Map<Variable, double[]> state : states) {
      Map<Tensor, double[]> values = new HashMap<>();
      for (Tensor t : order) {
        values.put(t, evaluate(t, values, inputs, state));
      }
      graph.assigns().forEach((variable, t) -> state.put(variable, values.get(t)));
      last.add(values);
    }
  }

  /**
   * Per element of a tensor in the last step; zeros for a tensor outside the graph.
   *
   * @param truth the undisturbed elements
   */
  public double[] of(Tensor t, double[] truth) {
    double[] sensitivity = new double[truth.length];
    for (Map<Tensor, double[]> values : last) {
      double[] moved = values.getOrDefault(t, truth);
      for (int i = 0; i < truth.length; i++) {
        // Equal infinities and NaN have not moved.
        double off = Double.compare(moved[i], truth[i]) == 0 ? 0 : moved[i] - truth[i];
        sensitivity[i] += off * off / RUNS;
      }
    }
    for (int i = 0; i < truth.length; i++) {
      sensitivity[i] = Math.sqrt(sensitivity[i]);
    }
    return sensitivity;
  }

  private double[] evaluate(
      Tensor t,
      Map<Tensor, double[]> values,
      Map<String, double[]> inputs,
      Map<Variable, double[]> state) {
    return switch (t.op()) {
      case Op.Input(String name) -> inputs.get(name);
      case Op.State(Variable v) ->
          state.computeIfAbsent(v, unused -> ((ReferenceVariable) v).values());
      default -> disturbed(t, t.operands().stream().map(values::get).toList());
    };
  }

  private double[] disturbed(Tensor t, List<double[]> operands) {
    double terms = terms(t);
    if (terms == 0 || exactIntegers(t, operands)) {
      return Evaluator.evaluate(t, operands);
    }
    boolean plain = t.op() instanceof Op.Reduce || t.op() instanceof Op.ScatterAdd;
    double amplitude = UNIT * (plain || terms == 1 ? terms : 2 * Math.sqrt(terms));
    List<double[]> moved = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      boolean integer = t.operand(i).dtype() == DType.I32;
      moved.add(integer ? operands.get(i) : shaken(operands.get(i), amplitude));
    }
    return shaken(Evaluator.evaluate(t, moved), UNIT * inaccuracy(t));
  }

  /** Of one element function, in units of a rounding. */
  private static double inaccuracy(Tensor t) {
    return switch (t.op()) {
      case Op.Binary(BinaryFn fn) when fn == BinaryFn.POW -> 8;
      case Op.Unary _ -> 2;
      default -> 1;
    };
  }

  private double[] shaken(double[] x, double amplitude) {
    double[] y = new double[x.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = x[i] * (1 + amplitude * (2 * random.nextDouble() - 1));
    }
    return y;
  }

  /** Terms that are summed for one result; 0 where nothing is rounded. */
  private static double terms(Tensor t) {
    return switch (t.op()) {
      case Op.Unary(UnaryFn fn) ->
          switch (fn) {
            case NEG, ABS, SIGN, FLOOR -> 0;
            default -> 1;
          };
      case Op.Binary(BinaryFn fn) ->
          switch (fn) {
            case ADD, SUB, MUL, DIV, POW -> 1;
            case MAX, MIN, LESS, LESS_EQUAL, EQUAL -> 0;
          };
      case Op.Random(Op.Distribution distribution, long _) ->
          distribution == Op.Distribution.NORMAL ? 1 : 0;
      case Op.Reduce(ReduceFn fn, List<Integer> _) ->
          fn == ReduceFn.MAX ? 0 : (double) size(t.operand(0)) / size(t);
      case Op.MatMul _ -> Math.max(1, t.operand(0).dim(-1));
      case Op.Conv2d _ -> (double) size(t.operand(1)) / t.dim(3);
      case Op.Conv2dInput _ -> (double) size(t.operand(1)) / t.operand(1).dim(2);
      case Op.Conv2dFilter _ -> (double) size(t.operand(1)) / t.dim(3);
      case Op.ScatterAdd _ -> Math.max(1, size(t.operand(0)));
      case Op.Attention _, Op.AttentionGrad _ ->
          Math.max(t.operand(0).dim(3), Math.max(t.operand(0).dim(2), t.operand(1).dim(2)));
      default -> 0;
    };
  }

  private static int size(Tensor t) {
    return Math.max(1, t.shape().size());
  }

  /** Whether t adds and multiplies integers so small that no order of doing so rounds. */
  private static boolean exactIntegers(Tensor t, List<double[]> operands) {
    boolean ring =
        switch (t.op()) {
          case Op.Binary(BinaryFn fn) ->
              fn == BinaryFn.ADD || fn == BinaryFn.SUB || fn == BinaryFn.MUL;
          case Op.Reduce _, Op.MatMul _, Op.ScatterAdd _ -> true;
          case Op.Conv2d _, Op.Conv2dInput _, Op.Conv2dFilter _ -> true;
          default -> false;
        };
    if (!ring) {
      return false;
    }
    double largest = terms(t);
    for (double[] operand : operands) {
      double bound = 1;
      for (double value : operand) {
        if (value != Math.rint(value)) {
          return false;
        }
        bound = Math.max(bound, Math.abs(value));
      }
      largest *= bound;
    }
    return largest < EXACT;
  }
}
