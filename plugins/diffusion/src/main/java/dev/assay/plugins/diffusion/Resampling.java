package dev.assay.plugins.diffusion;

import dev.assay.nn.Conv2d;
import dev.assay.nn.ParameterStore;
import dev.assay.tensor.Op.Window;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;

/** Half and double resolution, each with a convolution. Ho et al. 2020, appendix B. */
final class Resampling {
  private Resampling() {}

  /** A convolution of stride 2: [n, h, w, channels] → [n, ⌈h/2⌉, ⌈w/2⌉, channels]. */
  record Down(Conv2d conv) {
    static Down create(ParameterStore store, int channels) {
      return new Down(Conv2d.create(store, channels, channels, 3, Window.strided(2, 1)));
    }

    Tensor apply(Tensor x) {
      return conv.apply(x);
    }
  }

  /** Each pixel doubled on both axes, then a convolution. */
  record Up(Conv2d conv) {
    static Up create(ParameterStore store, int channels) {
      return new Up(Conv2d.create(store, channels, channels, 3, Window.padded(1)));
    }

    /** x [n, h, w, channels] → [n, height, width, channels], at most twice as large. */
    Tensor apply(Tensor x, int height, int width) {
      int n = x.dim(0);
      int h = x.dim(1);
      int w = x.dim(2);
      int c = x.dim(3);
      Tensor doubled =
          x.reshape(n, h, 1, w, 1, c)
              .broadcast(Shape.of(n, h, 2, w, 2, c))
              .reshape(n, 2 * h, 2 * w, c);
      return conv.apply(doubled.slice(1, 0, height).slice(2, 0, width));
    }
  }
}
