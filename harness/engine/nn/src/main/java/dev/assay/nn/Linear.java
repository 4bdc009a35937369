package dev.assay.nn;

import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * x W + b.
 *
 * @param weight [in, out]
 * @param bias [out], or null
 */
public record Linear(Parameter weight, @Nullable Parameter bias) {
  /** Weight and bias uniform on ±1/√in, as PyTorch draws them. */
  public static Linear create(ParameterStore store, int in, int out) {
    return create(store, in, out, Initializer.torch(), Initializer.torch());
  }

  /**
   * @param bias how the bias is drawn; null for none
   */
  public static Linear create(
      ParameterStore store, int in, int out, Initializer weight, @Nullable Initializer bias) {
    Initializer.Fan fan = new Initializer.Fan(in, out);
    Parameter w = store.matrix("weight", Shape.of(in, out), weight, fan);
    return new Linear(w, bias == null ? null : store.parameter("bias", Shape.of(out), bias, fan));
  }

  public int in() {
    return weight.shape().dim(0);
  }

  public int out() {
    return weight.shape().dim(1);
  }

  /** x [.., in] → [.., out]. */
  public Tensor apply(Tensor x) {
    Tensor y = x.matmul(weight.value());
    return bias == null ? y : y.add(bias.value());
  }
}
