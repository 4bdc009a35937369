package dev.assay.plugins.autoregressive.wavenet;

import dev.assay.nn.Embedding;
import dev.assay.nn.Initializer;
import dev.assay.nn.Linear;
import dev.assay.nn.ParameterStore;
import dev.assay.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * One layer: a filter of two taps, {@code dilation} apart, the gate of eq. 2, and what goes on to
 * the next layer and to the output. Van den Oord et al. 2016, figure 4.
 *
 * @param filter of both taps, 2 width → 2 width
 * @param label what a class adds before the gate (eq. 3), or null
 * @param out width → width + skip
 */
record GatedLayer(int dilation, Linear filter, @Nullable Embedding label, Linear out) {
  /** What a layer gives: x for the next layer [rows, time, width], and [rows, time, skip]. */
  record Outputs(Tensor x, Tensor skip) {}

  /**
   * @param classes 0 without labels
   */
  static GatedLayer create(ParameterStore store, int dilation, int width, int skip, int classes) {
    return new GatedLayer(
        dilation,
        Linear.create(store.scope("filter"), 2 * width, 2 * width),
        classes == 0
            ? null
            : Embedding.create(store.scope("label"), classes, 2 * width, Initializer.zeros()),
        Linear.create(store.scope("out"), width, width + skip));
  }

  int width() {
    return out.in();
  }

  /**
   * @param delayed x as it was {@code dilation} tokens before
   * @param labels I32 [rows], or null
   */
  Outputs apply(Tensor x, Tensor delayed, @Nullable Tensor labels) {
    int width = width();
    Tensor y = filter.apply(Tensor.concat(2, delayed, x));
    if (label != null && labels != null) {
      y = y.add(label.apply(labels).reshape(x.dim(0), 1, 2 * width));
    }
    Tensor z = y.slice(2, 0, width).tanh().mul(y.slice(2, width, width).sigmoid());
    Tensor both = out.apply(z);
    return new Outputs(x.add(both.slice(2, 0, width)), both.slice(2, width, both.dim(2) - width));
  }
}
