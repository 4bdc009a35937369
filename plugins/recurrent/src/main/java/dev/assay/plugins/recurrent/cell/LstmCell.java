package dev.assay.plugins.recurrent.cell;

import dev.assay.nn.Initializer;
import dev.assay.nn.Linear;
import dev.assay.nn.ParameterStore;
import dev.assay.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * Long short-term memory: c' = f c + i g, h' = o tanh(c'), gates i, f, o sigmoid, g tanh.
 * Hochreiter and Schmidhuber 1997 with the forget gate of Gers et al. 2000, whose bias begins at 1
 * (Jozefowicz et al. 2015, §2.2).
 *
 * @param input in → 4 width: i, f, g, o
 * @param recurrent width → 4 width, in the same order, without bias
 */
public record LstmCell(Linear input, Linear recurrent) implements Cell {
  private static final int GATES = 4;

  static LstmCell create(ParameterStore store, int in, int width) {
    Initializer forget = (values, _, _) -> Arrays.fill(values, width, 2 * width, 1);
    return new LstmCell(
        Cell.product(store.scope("input"), in, width, GATES, forget),
        Cell.product(store.scope("recurrent"), width, width, GATES, null));
  }

  @Override
  public int width() {
    return recurrent.in();
  }

  @Override
  public int states() {
    return 2;
  }

  @Override
  public Tensor drive(Tensor x) {
    return input.apply(x);
  }

  @Override
  public List<Tensor> step(Tensor drive, List<Tensor> state) {
    List<Tensor> gates = drive.add(recurrent.apply(state.get(0))).split(1, GATES);
    Tensor kept = gates.get(1).sigmoid().mul(state.get(1));
    Tensor c = kept.add(gates.get(0).sigmoid().mul(gates.get(2).tanh()));
    return List.of(gates.get(3).sigmoid().mul(c.tanh()), c);
  }
}
