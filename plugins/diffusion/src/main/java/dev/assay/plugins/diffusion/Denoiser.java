package dev.assay.plugins.diffusion;

import dev.assay.nn.Dropout;
import dev.assay.tensor.Tensor;

/**
 * A network that looks at noisy examples, told how noisy they are. What it is to predict (the
 * noise, the clean example, a velocity) is up to the model.
 */
public sealed interface Denoiser permits MlpDenoiser, UNet {
  /** Span of times: from clean or noise at one end to the other at {@value}. */
  float TIME_SPAN = 1000;

  /** Label that stands for no label. */
  int NO_LABEL = -1;

  /**
   * @param x noisy examples, each flattened: [rows, width]
   * @param time how noisy: [rows], 0 … {@link #TIME_SPAN}
   * @param labels I32 [rows], classes or {@link #NO_LABEL}; an unconditional network ignores them
   * @return [rows, width]
   */
  Tensor apply(Tensor x, Tensor time, Tensor labels, Dropout dropout);

  /**
   * Rows of a program that samples or scores: few where a row is much work, many where most of the
   * time goes into starting kernels.
   */
  int rows();
}
