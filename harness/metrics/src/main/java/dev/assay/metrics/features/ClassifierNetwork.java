package dev.assay.metrics.features;

import dev.assay.nn.Conv2d;
import dev.assay.nn.Dropout;
import dev.assay.nn.Initializer;
import dev.assay.nn.Linear;
import dev.assay.nn.ParameterStore;
import dev.assay.spi.Modality;
import dev.assay.tensor.Op.Window;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;

/**
 * Two 3×3 convolutions, each with ReLU and 2×2 max pooling, a hidden layer of {@link #FEATURES}
 * units, and the logits.
 */
final class ClassifierNetwork {
  /** Units of the hidden layer, whose activations are the features. */
  static final int FEATURES = 128;

  private static final int FIRST = 32;
  private static final int SECOND = 64;

  /** Pixels: what two poolings need. */
  static final int SMALLEST_SIDE = 4;

  /** Numbers of the spatial features at most, as the cost of a Fréchet distance is their cube. */
  private static final int SPATIAL = 512;

  private final Conv2d first;
  private final Conv2d second;
  private final Linear hidden;
  private final Linear out;
  private final int spatialChannels;

  ClassifierNetwork(ParameterStore store, Modality.Image image, int classes) {
    Initializer weights = Initializer.heNormal();
    Initializer biases = Initializer.zeros();
    int places = (image.height() / 4) * (image.width() / 4);
    Window same = Window.padded(1);
    first = Conv2d.create(store.scope("first"), image.channels(), FIRST, 3, same, weights, biases);
    second = Conv2d.create(store.scope("second"), FIRST, SECOND, 3, same, weights, biases);
    hidden = Linear.create(store.scope("hidden"), places * SECOND, FEATURES, weights, biases);
    out = Linear.create(store.scope("out"), FEATURES, classes);
    spatialChannels = Math.clamp(SPATIAL / places, 1, SECOND);
  }

  /**
   * One pass.
   *
   * @param spatial some channels after the second pooling [n, numbers]
   * @param features activations of the hidden layer [n, {@link #FEATURES}]
   * @param logits [n, classes]
   */
  record Pass(Tensor spatial, Tensor features, Tensor logits) {}

  /**
   * x [n, height, width, channels] from 0 to 1.
   *
   * @param dropout of the inputs of both dense layers
   */
  Pass apply(Tensor x, Dropout dropout) {
    Tensor h = pooled(Tensors.relu(first.apply(x)));
    h = pooled(Tensors.relu(second.apply(h)));
    Tensor flat = dropout.child("flat").apply(h.reshape(h.dim(0), -1));
    Tensor features = Tensors.relu(hidden.apply(flat));
    Tensor logits = out.apply(dropout.child("features").apply(features));
    return new Pass(h.slice(3, 0, spatialChannels).reshape(h.dim(0), -1), features, logits);
  }

  /** The largest of each four, without the last row or column where the size is odd. */
  private static Tensor pooled(Tensor x) {
    int h = x.dim(1) / 2;
    int w = x.dim(2) / 2;
    Tensor whole = x.slice(1, 0, 2 * h).slice(2, 0, 2 * w);
    Tensor rows = whole.reshape(x.dim(0), h, 2, w, 2, x.dim(3));
    Tensor top = rows.slice(2, 0, 1).max(rows.slice(2, 1, 1));
    Tensor most = top.slice(4, 0, 1).max(top.slice(4, 1, 1));
    return most.reshape(x.dim(0), h, w, x.dim(3));
  }
}
