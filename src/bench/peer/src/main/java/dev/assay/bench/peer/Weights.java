package dev.assay.bench.peer;

import static org.bytedeco.pytorch.global.torch.torch_empty;
import static org.bytedeco.pytorch.global.torch.torch_ones;
import static org.bytedeco.pytorch.global.torch.torch_zeros;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** The trained tensors of one network, in order of creation. */
final class Weights {
  private final List<Tensor> all = new ArrayList<>();

  List<Tensor> all() {
    return all;
  }

  long count() {
    return all.stream().mapToLong(Tensor::numel).sum();
  }

  Tensor normal(double deviation, long... shape) {
    try (NoGradGuard _ = new NoGradGuard()) {
      return trained(torch_empty(shape).normal_(0, deviation, new GeneratorOptional()));
    }
  }

  /** Uniform on ±bound. */
  Tensor uniform(double bound, long... shape) {
    try (NoGradGuard _ = new NoGradGuard()) {
      return trained(torch_empty(shape).uniform_(-bound, bound, new GeneratorOptional()));
    }
  }

  Tensor zeros(long... shape) {
    return trained(torch_zeros(shape));
  }

  Tensor ones(long... shape) {
    return trained(torch_ones(shape));
  }

  private Tensor trained(Tensor tensor) {
    tensor.set_requires_grad(true);
    all.add(tensor);
    return tensor;
  }
}
