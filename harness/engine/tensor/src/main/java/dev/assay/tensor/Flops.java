package dev.assay.tensor;

import java.util.List;

/**
 * Counts floating-point operations as the graph states them, whatever a backend makes of it: 2 per
 * multiply-add of a contraction, 1 per result of an elementwise function, 1 per element that a
 * reduction or scatter reads. Moving, casting and drawing numbers counts nothing.
 */
public final class Flops {
  private Flops() {}

  /** Of one replay. */
  public static long of(Graph graph) {
    return graph.order().stream().mapToLong(Flops::of).sum();
  }

  /** Of one operation, its operands given. */
  public static long of(Tensor t) {
    return switch (t.op()) {
      case Op.Unary _, Op.Binary _, Op.Where _ -> t.shape().size();
      case Op.Reduce _, Op.ArgMax _ -> t.operand(0).shape().size();
      case Op.ScatterAdd _ -> t.operand(1).shape().size();
      case Op.MatMul _ -> 2L * t.shape().size() * t.operand(0).dim(-1);
      case Op.Conv2d _ -> convolution(t, t.operand(1));
      case Op.Conv2dInput _ -> convolution(t.operand(0), t.operand(1));
      case Op.Conv2dFilter _ -> convolution(t.operand(1), t);
      // q kᵀ and p v; and for the adjoint q kᵀ again, dp, dv, dq and dk.
      case Op.Attention(float _, boolean causal) -> 2 * attention(t.operands(), causal);
      case Op.AttentionGrad(float _, boolean causal) -> 5 * attention(t.operands(), causal);
      case Op.Input _, Op.State _, Op.Fill _, Op.Constant _, Op.ConstantInt _, Op.Iota _ -> 0;
      case Op.Random _, Op.Cast _, Op.Detach _ -> 0;
      case Op.Reshape _, Op.Permute _, Op.Broadcast _, Op.Slice _ -> 0;
      case Op.Pad _, Op.Concat _, Op.Flip _, Op.Gather _, Op.PutRows _ -> 0;
    };
  }

  /** Padding counts as if it were data. */
  private static long convolution(Tensor y, Tensor filter) {
    return 2L * y.shape().size() * (filter.shape().size() / Math.max(1, filter.dim(3)));
  }

  /** One product over the pairs of query and key that the mask lets through, at full lengths. */
  private static long attention(List<Tensor> operands, boolean causal) {
    Tensor q = operands.get(0);
    int queries = q.dim(2);
    int keys = operands.get(1).dim(2);
    long pairs = 0;
    for (int i = 0; i < queries; i++) {
      pairs += causal ? Math.clamp((long) i + keys - queries + 1, 0, keys) : keys;
    }
    return 2L * q.dim(0) * q.dim(1) * q.dim(3) * pairs;
  }
}
