package dev.assay.plugins.autoregressive.made;

import dev.assay.nn.Activation;
import dev.assay.nn.Dropout;
import dev.assay.nn.Embedding;
import dev.assay.nn.Initializer;
import dev.assay.nn.Linear;
import dev.assay.nn.Parameter;
import dev.assay.nn.ParameterStore;
import dev.assay.plugins.autoregressive.pixels.PixelData;
import dev.assay.plugins.autoregressive.pixels.PixelNetwork;
import dev.assay.tensor.DType;
import dev.assay.tensor.Program;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Linear layers whose weights are masked by the degrees of their units. The degrees are inputs of
 * every program, so that one program serves all orders.
 *
 * <p>A binary pixel is one number; a pixel of more levels has a number for each, of which one is 1.
 *
 * @param hidden one hidden layer after another
 * @param output last hidden layer → logits
 * @param direct pixels → logits
 * @param labels for each hidden layer and then the logits, what a label adds; empty without
 */
record MadeNetwork(
    PixelData data,
    Masks masks,
    Activation activation,
    List<Linear> hidden,
    Linear output,
    Parameter direct,
    List<Embedding> labels)
    implements PixelNetwork {
  MadeNetwork {
    hidden = List.copyOf(hidden);
    labels = List.copyOf(labels);
  }

  static MadeNetwork create(ParameterStore store, MadeConfig config, PixelData data, Masks masks) {
    int inputs = data.pixels() * data.numbers();
    int logits = data.pixels() * data.levels().logits();
    List<Linear> hidden = new ArrayList<>();
    List<Embedding> labels = new ArrayList<>();
    int width = inputs;
    for (int units : config.hidden()) {
      ParameterStore layer = store.scope(hidden.size());
      hidden.add(linear(layer, width, units));
      label(layer, data, units, labels);
      width = units;
    }
    ParameterStore last = store.scope("output");
    Linear output = linear(last, width, logits);
    label(last, data, logits, labels);
    Parameter direct = store.parameter("direct", Shape.of(inputs, logits), Initializer.zeros());
    return new MadeNetwork(data, masks, config.activation(), hidden, output, direct, labels);
  }

  private static Linear linear(ParameterStore store, int in, int out) {
    return Linear.create(store, in, out, Initializer.glorotUniform(), Initializer.zeros());
  }

  private static void label(
      ParameterStore store, PixelData data, int width, List<Embedding> labels) {
    if (data.classes() > 0) {
      labels.add(
          Embedding.create(store.scope("label"), data.classes(), width, Initializer.zeros()));
    }
  }

  @Override
  public Tensor logits(Tensor x, @Nullable Tensor classes, Dropout dropout) {
    Tensor pixels = data.numbers() == 1 ? x : hot(x);
    Tensor h = pixels;
    for (int i = 0; i < hidden.size(); i++) {
      Tensor y = masked(hidden.get(i), h, mask(degrees(i, h), degrees(i + 1), false));
      h = dropout.child("hidden" + i).apply(activation.apply(add(y, i, classes)));
    }
    Tensor outputs = repeated(degrees(0), output.out() / data.pixels());
    Tensor y = masked(output, h, mask(degrees(hidden.size(), h), outputs, true));
    Tensor seen = direct.value().mul(mask(degrees(0, pixels), outputs, true));
    return add(y, hidden.size(), classes)
        .add(pixels.matmul(seen))
        .reshape(x.dim(0), data.pixels(), -1);
  }

  private Tensor hot(Tensor x) {
    return Tensors.oneHot(x.toInt(), data.numbers()).reshape(x.dim(0), -1);
  }

  private Tensor add(Tensor y, int layer, @Nullable Tensor classes) {
    return classes == null || labels.isEmpty() ? y : y.add(labels.get(layer).apply(classes));
  }

  private static Tensor masked(Linear layer, Tensor x, Tensor mask) {
    Tensor y = x.matmul(layer.weight().value().mul(mask));
    return layer.bias() == null ? y : y.add(layer.bias().value());
  }

  /** 1 where a connection is allowed: degrees [in] and [out] → [in, out]. */
  private static Tensor mask(Tensor from, Tensor to, boolean strict) {
    Tensor column = from.reshape(-1, 1);
    Tensor row = to.reshape(1, -1);
    return strict ? column.less(row) : column.lessEqual(row);
  }

  /** Degrees of a layer whose values are h [n, width]: of pixels, one for each number of each. */
  private Tensor degrees(int layer, Tensor h) {
    return repeated(degrees(layer), h.dim(1) / masks.units(layer));
  }

  private Tensor degrees(int layer) {
    return Tensor.input("degrees" + layer, DType.F32, Shape.of(masks.units(layer)));
  }

  private static Tensor repeated(Tensor degrees, int times) {
    int units = degrees.dim(0);
    return degrees.reshape(units, 1).broadcast(Shape.of(units, times)).reshape(units * times);
  }

  @Override
  public int orders() {
    return masks.orders().size();
  }

  @Override
  public int place(int order, int pixel) {
    return masks.orders().get(order).getFirst()[pixel];
  }

  @Override
  public void follow(int order, Program program) {
    List<int[]> degrees = masks.orders().get(order);
    for (int layer = 0; layer < degrees.size(); layer++) {
      float[] values = new float[degrees.get(layer).length];
      for (int i = 0; i < values.length; i++) {
        values[i] = degrees.get(layer)[i];
      }
      program.set("degrees" + layer, values);
    }
  }

  @Override
  public long unused() {
    long in = data.numbers();
    long out = output.out() / data.pixels();
    long unused = in * out * masks.apart(0, 0, true);
    for (int layer = 0; layer < masks.hidden(); layer++) {
      unused += (layer == 0 ? in : 1) * masks.apart(layer, layer + 1, false);
    }
    return unused + (masks.hidden() == 0 ? in : 1) * out * masks.apart(masks.hidden(), 0, true);
  }
}
