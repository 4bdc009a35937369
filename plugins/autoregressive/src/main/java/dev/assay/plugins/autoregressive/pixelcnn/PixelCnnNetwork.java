package dev.assay.plugins.autoregressive.pixelcnn;

import dev.assay.nn.Dropout;
import dev.assay.nn.Linear;
import dev.assay.nn.ParameterStore;
import dev.assay.plugins.autoregressive.pixels.Convolution;
import dev.assay.plugins.autoregressive.pixels.PixelData;
import dev.assay.plugins.autoregressive.pixels.PixelNetwork;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gated layers, then two 1 × 1 convolutions. Nothing is masked: the image enters the vertical stack
 * one row lower and the horizontal one a column further right, and no layer looks down or right
 * from there.
 */
record PixelCnnNetwork(PixelData data, List<GatedLayer> layers, Linear hidden, Linear output)
    implements PixelNetwork {
  PixelCnnNetwork {
    layers = List.copyOf(layers);
  }

  static PixelCnnNetwork create(ParameterStore store, PixelCnnConfig config, PixelData data) {
    int width = config.width();
    int classes = data.classes();
    List<GatedLayer> layers = new ArrayList<>();
    layers.add(GatedLayer.create(store.scope(0), 2, width, config.firstKernel(), classes, false));
    for (int i = 1; i <= config.layers(); i++) {
      layers.add(GatedLayer.create(store.scope(i), width, width, config.kernel(), classes, true));
    }
    return new PixelCnnNetwork(
        data,
        layers,
        GatedLayer.linear(store.scope("hidden"), width, width),
        GatedLayer.linear(store.scope("output"), width, data.levels().logits()));
  }

  @Override
  public Tensor logits(Tensor x, @Nullable Tensor labels, Dropout dropout) {
    Tensor planes = Convolution.planes(x, data);
    GatedLayer.Stacks stacks =
        new GatedLayer.Stacks(Convolution.down(planes), Convolution.right(planes));
    for (int i = 0; i < layers.size(); i++) {
      stacks = layers.get(i).apply(stacks, labels, dropout.child("layer" + i));
    }
    Tensor h = hidden.apply(Tensors.relu(stacks.horizontal()));
    return output.apply(Tensors.relu(h)).reshape(x.dim(0), data.pixels(), -1);
  }
}
