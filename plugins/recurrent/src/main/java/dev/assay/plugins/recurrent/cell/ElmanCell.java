package dev.assay.plugins.recurrent.cell;

import dev.assay.nn.Initializer;
import dev.assay.nn.Linear;
import dev.assay.nn.ParameterStore;
import dev.assay.tensor.Tensor;
import java.util.List;

/**
 * h' = tanh(x W + b + h U). Elman 1990, with tanh.
 *
 * @param input in → width
 * @param recurrent width → width, without bias
 */
public record ElmanCell(Linear input, Linear recurrent) implements Cell {
  static ElmanCell create(ParameterStore store, int in, int width) {
    return new ElmanCell(
        Cell.product(store.scope("input"), in, width, 1, Initializer.zeros()),
        Cell.product(store.scope("recurrent"), width, width, 1, null));
  }

  @Override
  public int width() {
    return recurrent.in();
  }

  @Override
  public int states() {
    return 1;
  }

  @Override
  public Tensor drive(Tensor x) {
    return input.apply(x);
  }

  @Override
  public List<Tensor> step(Tensor drive, List<Tensor> state) {
    return List.of(drive.add(recurrent.apply(state.getFirst())).tanh());
  }
}
