package dev.assay.bench.peer;

import static org.bytedeco.pytorch.global.torch.torch_zeros;
import static org.bytedeco.pytorch.global.torch.zeros_like;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * What {@code torch.optim.Adam(fused=True)} and {@code AdamW(fused=True)} call: an operator a
 * group.
 */
final class FusedAdam {
  private static final double EPSILON = 1e-8;

  private final List<Group> groups = new ArrayList<>();
  private final OperatorHandle operator;
  private final double rate;
  private final double beta1;
  private final double beta2;
  private final Scalar one = new Scalar(1.0);

  private FusedAdam(String operator, double rate, double beta1, double beta2) {
    this.operator = Dispatch.operator(operator, "");
    this.rate = rate;
    this.beta1 = beta1;
    this.beta2 = beta2;
  }

  static FusedAdam adam(Weights weights, double rate, double beta1, double beta2) {
    FusedAdam adam = new FusedAdam("aten::_fused_adam_", rate, beta1, beta2);
    adam.groups.add(new Group(weights.all(), 0));
    return adam;
  }

  /** With decoupled decay of matrices, not of vectors. */
  static FusedAdam adamW(Weights weights, double rate, double beta1, double beta2, double decay) {
    FusedAdam adam = new FusedAdam("aten::_fused_adamw_", rate, beta1, beta2);
    List<Tensor> all = weights.all();
    adam.groups.add(new Group(all.stream().filter(w -> w.dim() >= 2).toList(), decay));
    adam.groups.add(new Group(all.stream().filter(w -> w.dim() < 2).toList(), 0));
    return adam;
  }

  void step() {
    try (PointerScope _ = new PointerScope();
        NoGradGuard _ = new NoGradGuard()) {
      for (Group group : groups) {
        group.counts.forEach(count -> count.add_(one));
        IValueVector stack = new IValueVector();
        stack.put(
            Dispatch.list(group.weights),
            Dispatch.list(group.weights.stream().map(Tensor::grad).toList()),
            Dispatch.list(group.first),
            Dispatch.list(group.second),
            Dispatch.list(List.of()), // largest second moments, of AMSGrad
            Dispatch.list(group.counts),
            new IValue(rate),
            new IValue(beta1),
            new IValue(beta2),
            new IValue(group.decay),
            new IValue(EPSILON),
            new IValue(false), // AMSGrad
            new IValue(false), // maximize
            new IValue(), // gradient scale
            new IValue()); // found infinity
        operator.callBoxed(stack);
      }
    }
  }

  /** Forgets the gradients. */
  void zero() {
    for (Group group : groups) {
      group.weights.forEach(weight -> weight.mutable_grad().reset());
    }
  }

  private static final class Group {
    final List<Tensor> weights;
    final double decay;
    final List<Tensor> first = new ArrayList<>();
    final List<Tensor> second = new ArrayList<>();
    final List<Tensor> counts = new ArrayList<>();

    Group(List<Tensor> weights, double decay) {
      this.weights = weights;
      this.decay = decay;
      try (NoGradGuard _ = new NoGradGuard()) {
        for (Tensor weight : weights) {
          first.add(zeros_like(weight));
          second.add(zeros_like(weight));
          counts.add(torch_zeros());
        }
      }
    }
  }
}
