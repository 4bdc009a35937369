package dev.assay.plugins.diffusion;

import dev.assay.nn.Activation;
import dev.assay.nn.Embedding;
import dev.assay.nn.Initializer;
import dev.assay.nn.Mlp;
import dev.assay.nn.ParameterStore;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A vector for each row that says how noisy it is and, where there are classes, which one it is:
 * sinusoids of the time (Vaswani et al. 2017, §3.5) through two layers (Ho et al. 2020, appendix
 * B), plus a vector for the class (Dhariwal and Nichol 2021, §3), which is zero for no label.
 *
 * @param time sinusoids → [width]
 * @param labels null without classes
 */
record Conditioning(Mlp time, @Nullable Embedding labels) {
  private static final double LONGEST_PERIOD = 10_000;

  /**
   * @param sinusoids how many, even
   * @param width of the vector
   * @param classes 0 for none
   */
  static Conditioning create(ParameterStore store, int sinusoids, int width, int classes) {
    return new Conditioning(
        Mlp.create(
            store.scope("time"),
            List.of(sinusoids, width, width),
            Activation.SILU,
            Initializer.torch()),
        classes == 0
            ? null
            : Embedding.create(store.scope("label"), classes, width, Initializer.normal(1)));
  }

  /** time [rows] and labels I32 [rows] → [rows, width]. */
  Tensor apply(Tensor at, Tensor label) {
    Tensor embedded = time.apply(sinusoids(at, time.layers().getFirst().in()));
    return labels == null ? embedded : embedded.add(labels.apply(label));
  }

  /** sin(t ω) and cos(t ω), ω falling from 1 to 1 / 10⁴: [rows] → [rows, count]. */
  static Tensor sinusoids(Tensor t, int count) {
    int half = count / 2;
    float[] frequencies = new float[half];
    for (int k = 0; k < half; k++) {
      frequencies[k] = (float) Math.pow(LONGEST_PERIOD, -(double) k / half);
    }
    Tensor angles = t.reshape(t.dim(0), 1).mul(Tensor.constant(frequencies, Shape.of(1, half)));
    return Tensor.concat(-1, angles.sin(), angles.cos());
  }
}
