package dev.assay.plugins.transformer.translation;

import dev.assay.nn.Sinusoids;
import dev.assay.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Places as sines, added to the vectors of tokens. Vaswani et al. 2017, §3.5. */
record SinusoidalPlaces(int width) implements Places {
  @Override
  public Tensor embedded(Tensor x) {
    return x.add(Sinusoids.of(x.dim(1), width));
  }

  @Override
  public Tensor embedded(Tensor x, Tensor at, int context) {
    return x.add(Sinusoids.of(context, width).gather(at));
  }

  @Override
  public @Nullable Tensor bias(int time) {
    return null;
  }

  @Override
  public @Nullable Tensor bias(Tensor at, int context) {
    return null;
  }
}
