package dev.assay.nn;

import dev.assay.tensor.Op.Window;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Transposed convolution: the adjoint of a {@link Conv2d} of the same window, so that stride 2
 * doubles height and width.
 *
 * @param filter [kernel, kernel, out / groups, in]
 * @param bias [out], or null
 */
public record ConvTranspose2d(Parameter filter, @Nullable Parameter bias, Window window) {
  /** Filter and bias uniform on ±1/√(kernel² · in / groups). */
  public static ConvTranspose2d create(
      ParameterStore store, int in, int out, int kernel, Window window) {
    return create(store, in, out, kernel, window, Initializer.torch(), Initializer.torch());
  }

  /**
   * @param bias how the bias is drawn; null for none
   */
  public static ConvTranspose2d create(
      ParameterStore store,
      int in,
      int out,
      int kernel,
      Window window,
      Initializer weight,
      @Nullable Initializer bias) {
    int group = out / window.groups();
    int field = kernel * kernel;
    Initializer.Fan fan = new Initializer.Fan(field * in / window.groups(), field * group);
    Parameter filter = store.parameter("weight", Shape.of(kernel, kernel, group, in), weight, fan);
    return new ConvTranspose2d(
        filter, bias == null ? null : store.parameter("bias", Shape.of(out), bias, fan), window);
  }

  /**
   * x [n, h, w, in] → [n, height, width, out].
   *
   * @param height a height that the window maps to h
   * @param width a width that the window maps to w
   */
  public Tensor apply(Tensor x, int height, int width) {
    Tensor y = x.conv2dTranspose(filter.value(), window, height, width);
    return bias == null ? y : y.add(bias.value());
  }
}
