package dev.assay.tensor.reference;

import dev.assay.tensor.DType;
import dev.assay.tensor.Op;
import dev.assay.tensor.Op.BinaryFn;
import dev.assay.tensor.Op.ReduceFn;
import dev.assay.tensor.Op.UnaryFn;
import dev.assay.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** What each operation computes. */
final class Evaluator {
  private Evaluator() {}

  /**
   * The elements of t, given those of its operands; a float result is rounded to float32 at the
   * end.
   */
  static double[] evaluate(Tensor t, List<double[]> operands) {
    double[] values = exact(t, operands);
    return t.dtype() == DType.F32 ? rounded(values) : values;
  }

  /** As {@link #evaluate}, without the rounding. */
  static double[] exact(Tensor t, List<double[]> x) {
    return switch (t.op()) {
      case Op.Input _, Op.State _ ->
          throw new IllegalArgumentException(t + " is a value of the program");
      case Op.Fill(float value) -> {
        double[] values = new double[t.shape().size()];
        Arrays.fill(values, value);
        yield values;
      }
      case Op.Constant(float[] values) -> Values.of(values);
      case Op.ConstantInt(int[] values) -> Values.of(values);
      case Op.Iota(int axis) -> Values.of(t.shape(), index -> index[axis]);
      case Op.Random(Op.Distribution distribution, long path) ->
          Randoms.draw(t, x.get(0), distribution, path);
      case Op.Unary(UnaryFn fn) -> Elementwise.unary(fn, x.get(0));
      case Op.Binary(BinaryFn fn) -> Elementwise.binary(fn, x.get(0), x.get(1));
      case Op.Where _ -> Elementwise.where(x.get(0), x.get(1), x.get(2));
      case Op.Cast(DType to) -> to == DType.I32 ? Elementwise.truncate(x.get(0)) : x.get(0);
      case Op.Detach _, Op.Reshape _ -> x.get(0);
      case Op.Permute(List<Integer> axes) -> Movement.permute(t, x.get(0), axes);
      case Op.Broadcast _ -> Movement.broadcast(t, x.get(0));
      case Op.Slice(List<Integer> starts, List<Integer> _) -> Movement.slice(t, x.get(0), starts);
      case Op.Pad(List<Integer> before, List<Integer> _, float value) ->
          Movement.pad(t, x.get(0), before, value);
      case Op.Concat(int axis) -> Movement.concat(t, x, axis);
      case Op.Flip(int axis) -> Movement.flip(t, x.get(0), axis);
      case Op.Reduce(ReduceFn fn, List<Integer> _) -> Reductions.reduce(t, x.get(0), fn);
      case Op.ArgMax _ -> Reductions.argMax(t, x.get(0));
      case Op.MatMul _ -> Contractions.matmul(t, x.get(0), x.get(1));
      case Op.Conv2d(Op.Window window) -> Contractions.conv2d(t, x.get(0), x.get(1), window);
      case Op.Conv2dInput(Op.Window window, int _, int _) ->
          Contractions.conv2dInput(t, x.get(0), x.get(1), window);
      case Op.Conv2dFilter(Op.Window window, int _, int _) ->
          Contractions.conv2dFilter(t, x.get(0), x.get(1), window);
      case Op.Attention(float scale, boolean causal) ->
          AttentionRows.of(t, x, 3, scale, causal).forward();
      case Op.AttentionGrad(float scale, boolean causal) ->
          AttentionRows.of(t, x, 6, scale, causal).backward();
      case Op.Gather _ -> Indexing.gather(t, x.get(0), x.get(1));
      case Op.ScatterAdd(int rows) -> Indexing.scatterAdd(t, x.get(0), x.get(1), rows);
      case Op.PutRows _ -> Indexing.putRows(t, x.get(0), x.get(1), x.get(2));
    };
  }

  private static double[] rounded(double[] values) {
    double[] floats = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
