package dev.assay.bench.peer;

import static org.bytedeco.pytorch.global.torch.stack;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** What {@code torch.nn.utils.clip_grad_norm_} calls on a CPU. */
final class GradientClip {
  private final List<Tensor> weights;
  private final Scalar largest;
  private final Scalar one = new Scalar(1.0);
  private final Scalar two = new Scalar(2.0);
  private final Scalar epsilon = new Scalar(1e-6);
  private final OperatorHandle norms = Dispatch.operator("aten::_foreach_norm", "Scalar");
  private final OperatorHandle multiply = Dispatch.operator("aten::_foreach_mul_", "Tensor");

  GradientClip(Weights weights, double largest) {
    this.weights = weights.all();
    this.largest = new Scalar(largest);
  }

  void run() {
    try (PointerScope _ = new PointerScope();
        NoGradGuard _ = new NoGradGuard()) {
      IValue gradients = Dispatch.list(weights.stream().map(Tensor::grad).toList());
      IValueVector normed = new IValueVector();
      normed.put(gradients, new IValue(two), new IValue());
      norms.callBoxed(normed);
      Tensor norm = stack(normed.get(0).toTensorVector()).norm();
      Tensor factor = norm.add(epsilon).reciprocal().mul(largest).clamp_max(one);
      IValueVector scaled = new IValueVector();
      scaled.put(gradients, new IValue(factor));
      multiply.callBoxed(scaled);
    }
  }
}
