package dev.assay.plugins.flow;

import dev.assay.nn.Activation;
import dev.assay.nn.Conv2d;
import dev.assay.nn.Initializer;
import dev.assay.nn.ParameterStore;
import dev.assay.tensor.Op.Window;
import dev.assay.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * What a coupling of images computes its parameters with: an entry convolution, residual blocks of
 * two convolutions each, and an exit that begins at 0. Dinh et al. 2016, §4.1, without its
 * normalisations.
 *
 * @param entry 3×3
 * @param blocks each 3×3, then 1×1
 * @param exit 3×3
 */
public record ConvolutionalNetwork(
    Conv2d entry, List<Block> blocks, Conv2d exit, Activation activation) {
  public ConvolutionalNetwork {
    blocks = List.copyOf(blocks);
  }

  /** h + second(a(first(a(h)))). */
  public record Block(Conv2d first, Conv2d second) {}

  /**
   * @param in channels in
   * @param width channels within
   * @param blocks residual blocks, at least 0
   * @param out channels out
   */
  public static ConvolutionalNetwork create(
      ParameterStore store, int in, int width, int blocks, int out, Activation activation) {
    List<Block> residual = new ArrayList<>();
    for (int i = 0; i < blocks; i++) {
      ParameterStore scope = store.scope("block").scope(i);
      residual.add(
          new Block(
              convolution(scope.scope("first"), width, width, 3, Initializer.heNormal()),
              convolution(scope.scope("second"), width, width, 1, Initializer.heNormal())));
    }
    return new ConvolutionalNetwork(
        convolution(store.scope("entry"), in, width, 3, Initializer.heNormal()),
        residual,
        convolution(store.scope("exit"), width, out, 3, Initializer.zeros()),
        activation);
  }

  private static Conv2d convolution(
      ParameterStore store, int in, int out, int kernel, Initializer weight) {
    Window window = Window.padded(kernel / 2);
    return Conv2d.create(store, in, out, kernel, window, weight, Initializer.zeros());
  }

  /** x [rows, h, w, in] → [rows, h, w, out]. */
  public Tensor apply(Tensor x) {
    Tensor h = entry.apply(x);
    for (Block block : blocks) {
      Tensor inner = block.first.apply(activation.apply(h));
      h = h.add(block.second.apply(activation.apply(inner)));
    }
    return exit.apply(activation.apply(h));
  }
}
