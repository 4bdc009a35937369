package dev.assay.nn;

import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;

/** Elementwise nonlinearities, by the names that configurations use. */
public enum Activation {
  /** max(x, 0). */
  RELU,
  /** x where positive, else 0.2 x (the slope that DCGAN uses). */
  LEAKY_RELU,
  /** x where positive, else eˣ − 1. */
  ELU,
  /** x Φ(x). */
  GELU,
  /** GELU by its tanh approximation. */
  GELU_TANH,
  /** x σ(x). */
  SILU,
  TANH,
  SIGMOID,
  SOFTPLUS;

  private static final float LEAK = 0.2f;

  /** x [..] → [..]. */
  public Tensor apply(Tensor x) {
    return switch (this) {
      case RELU -> Tensors.relu(x);
      case LEAKY_RELU -> Tensors.leakyRelu(x, LEAK);
      case ELU -> Tensors.elu(x, 1);
      case GELU -> Tensors.gelu(x);
      case GELU_TANH -> Tensors.geluTanh(x);
      case SILU -> Tensors.silu(x);
      case TANH -> x.tanh();
      case SIGMOID -> x.sigmoid();
      case SOFTPLUS -> x.softplus();
    };
  }
}
