package dev.assay.nn;

import dev.assay.tensor.Op.Window;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Two-dimensional cross-correlation.
 *
 * @param filter [kernel, kernel, in / groups, out]
 * @param bias [out], or null
 */
public record Conv2d(Parameter filter, @Nullable Parameter bias, Window window) {
  /** Filter and bias uniform on ±1/√(kernel² · in / groups), as PyTorch draws them. */
  public static Conv2d create(ParameterStore store, int in, int out, int kernel, Window window) {
    return create(store, in, out, kernel, window, Initializer.torch(), Initializer.torch());
  }

  /**
   * @param bias how the bias is drawn; null for none
   */
  public static Conv2d create(
      ParameterStore store,
      int in,
      int out,
      int kernel,
      Window window,
      Initializer weight,
      @Nullable Initializer bias) {
    int group = in / window.groups();
    int field = kernel * kernel;
    Initializer.Fan fan = new Initializer.Fan(field * group, field * out / window.groups());
    Parameter filter = store.parameter("weight", Shape.of(kernel, kernel, group, out), weight, fan);
    return new Conv2d(
        filter, bias == null ? null : store.parameter("bias", Shape.of(out), bias, fan), window);
  }

  /** x [n, h, w, in] → [n, h', w', out]. */
  public Tensor apply(Tensor x) {
    Tensor y = x.conv2d(filter.value(), window);
    return bias == null ? y : y.add(bias.value());
  }
}
