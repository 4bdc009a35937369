package dev.assay.bench.peer;

import static org.bytedeco.pytorch.global.torch.batch_norm;
import static org.bytedeco.pytorch.global.torch.conv2d;
import static org.bytedeco.pytorch.global.torch.conv_transpose2d;
import static org.bytedeco.pytorch.global.torch.group_norm;
import static org.bytedeco.pytorch.global.torch.layer_norm;
import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.torch_ones;
import static org.bytedeco.pytorch.global.torch.torch_zeros;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;

/** The layers that the steps use: what PyTorch's modules of the same names call. */
final class Layers {
  static final TensorOptional NONE = new TensorOptional();

  private static final double EPSILON = 1e-5;
  private static final long[] UNIT = {1, 1};
  private static final long[] ZERO = {0, 0};

  private Layers() {}

  record Linear(Tensor weight, TensorOptional bias) {
    static Linear create(Weights weights, int in, int out) {
      double bound = 1 / Math.sqrt(in);
      Tensor weight = weights.uniform(bound, out, in);
      return new Linear(weight, new TensorOptional(weights.uniform(bound, out)));
    }

    static Linear unbiased(Tensor weight) {
      return new Linear(weight, NONE);
    }

    Tensor apply(Tensor x) {
      return linear(x, weight, bias);
    }
  }

  record Convolution(Tensor weight, TensorOptional bias, long[] stride, long[] padding) {
    static Convolution create(
        Weights weights, int in, int out, int kernel, int stride, int padding) {
      double bound = 1 / Math.sqrt((double) in * kernel * kernel);
      Tensor weight = weights.uniform(bound, out, in, kernel, kernel);
      return new Convolution(
          weight,
          new TensorOptional(weights.uniform(bound, out)),
          new long[] {stride, stride},
          new long[] {padding, padding});
    }

    Tensor apply(Tensor x) {
      return apply(x, weight);
    }

    Tensor apply(Tensor x, Tensor filter) {
      return conv2d(x, filter, bias, stride, padding, UNIT, 1);
    }
  }

  record Transposed(Tensor weight, TensorOptional bias, long[] stride, long[] padding) {
    static Transposed create(
        Weights weights, int in, int out, int kernel, int stride, int padding, boolean biased) {
      Tensor weight = weights.normal(0.02, in, out, kernel, kernel);
      return new Transposed(
          weight,
          biased ? new TensorOptional(weights.zeros(out)) : NONE,
          new long[] {stride, stride},
          new long[] {padding, padding});
    }

    Tensor apply(Tensor x) {
      return conv_transpose2d(x, weight, bias, stride, padding, ZERO, 1, UNIT);
    }
  }

  record LayerNorm(TensorOptional gain, long[] shape) {
    static LayerNorm create(Weights weights, int width) {
      return new LayerNorm(new TensorOptional(weights.ones(width)), new long[] {width});
    }

    Tensor apply(Tensor x) {
      return layer_norm(x, shape, gain, NONE, EPSILON, false);
    }
  }

  record GroupNorm(TensorOptional gain, TensorOptional bias, int groups) {
    static GroupNorm create(Weights weights, int channels, int groups) {
      return new GroupNorm(
          new TensorOptional(weights.ones(channels)),
          new TensorOptional(weights.zeros(channels)),
          groups);
    }

    Tensor apply(Tensor x) {
      return group_norm(x, groups, gain, bias, EPSILON, false);
    }
  }

  record BatchNorm(
      TensorOptional gain, TensorOptional bias, TensorOptional mean, TensorOptional variance) {
    static BatchNorm create(Weights weights, int channels) {
      return new BatchNorm(
          new TensorOptional(weights.ones(channels)),
          new TensorOptional(weights.zeros(channels)),
          new TensorOptional(torch_zeros(channels)),
          new TensorOptional(torch_ones(channels)));
    }

    Tensor apply(Tensor x) {
      return batch_norm(x, gain, bias, mean, variance, true, 0.1, EPSILON, false);
    }
  }
}
