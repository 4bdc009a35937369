package dev.assay.plugins.flow;

import dev.assay.nn.Activation;
import dev.assay.nn.Initializer;
import dev.assay.nn.Parameter;
import dev.assay.nn.ParameterStore;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A network whose outputs for column i see only the columns before i in an order: masked
 * autoencoder for distribution estimation. Germain et al. 2015, §4.
 *
 * @param layers first to last
 * @param perColumn outputs for each column
 * @param reversed whether the order runs from the last column to the first
 */
public record Made(List<Layer> layers, Activation activation, int perColumn, boolean reversed) {
  public Made {
    layers = List.copyOf(layers);
  }

  /**
   * x (W ⊙ M) + b, and what the class adds, which every unit may see.
   *
   * @param mask M [in, out]: 1 where a connection is allowed
   * @param label [classes, out]; null if there are no classes
   */
  public record Layer(Parameter weight, Tensor mask, Parameter bias, @Nullable Parameter label) {
    Tensor apply(Tensor x, Condition condition) {
      Tensor y = x.matmul(weight.value().mul(mask)).add(bias.value());
      return label == null || condition.oneHot() == null
          ? y
          : y.add(condition.oneHot().matmul(label.value()));
    }
  }

  /**
   * Outputs begin at 0, since the last layer does.
   *
   * @param domain columns, and classes
   * @param hidden widths of hidden layers
   * @param reversed whether the order runs from the last column to the first
   */
  public static Made create(
      ParameterStore store,
      Domain domain,
      List<Integer> hidden,
      Activation activation,
      int perColumn,
      boolean reversed) {
    int columns = domain.size();
    int[] inputs = new int[columns];
    Arrays.setAll(inputs, i -> reversed ? columns - i : i + 1);
    int[] before = inputs;
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < hidden.size(); i++) {
      int[] units = new int[hidden.get(i)];
      Arrays.setAll(units, k -> 1 + k % Math.max(1, columns - 1));
      Tensor mask = mask(before, units, 0);
      layers.add(layer(store.scope(i), mask, domain.classes(), Initializer.heNormal()));
      before = units;
    }
    int[] outputs = new int[columns * perColumn];
    Arrays.setAll(outputs, k -> inputs[k / perColumn]);
    Tensor mask = mask(before, outputs, 1);
    layers.add(layer(store.scope(hidden.size()), mask, domain.classes(), Initializer.zeros()));
    return new Made(layers, activation, perColumn, reversed);
  }

  /** 1 where the degree of a unit is at least that of its input plus a margin. Eqs. 12 and 13. */
  private static Tensor mask(int[] from, int[] to, int margin) {
    float[] mask = new float[from.length * to.length];
    for (int i = 0; i < from.length; i++) {
      for (int k = 0; k < to.length; k++) {
        mask[i * to.length + k] = to[k] >= from[i] + margin ? 1 : 0;
      }
    }
    return Tensor.constant(mask, Shape.of(from.length, to.length));
  }

  private static Layer layer(
      ParameterStore store, Tensor mask, int classes, Initializer initializer) {
    int out = mask.dim(1);
    return new Layer(
        store.parameter("weight", mask.shape(), initializer),
        mask,
        store.parameter("bias", Shape.of(out), Initializer.zeros()),
        classes == 0 ? null : store.parameter("label", Shape.of(classes, out), initializer));
  }

  /** x [rows, columns] → [rows, columns, perColumn]. */
  public Tensor apply(Tensor x, Condition condition) {
    Tensor h = layers.get(0).apply(x, condition);
    for (int i = 1; i < layers.size(); i++) {
      h = layers.get(i).apply(activation.apply(h), condition);
    }
    return h.reshape(x.dim(0), x.dim(1), perColumn);
  }

  /** 1 for the first {@code count} columns of the order, 0 for the others: [columns]. */
  Tensor first(int count) {
    int columns = layers.get(0).mask().dim(0);
    float[] known = new float[columns];
    for (int i = 0; i < count; i++) {
      known[reversed ? columns - 1 - i : i] = 1;
    }
    return Tensor.constant(known, Shape.of(columns));
  }
}
