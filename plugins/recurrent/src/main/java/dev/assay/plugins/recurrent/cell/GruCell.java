package dev.assay.plugins.recurrent.cell;

import dev.assay.nn.Initializer;
import dev.assay.nn.Linear;
import dev.assay.nn.ParameterStore;
import dev.assay.tensor.Tensor;
import java.util.List;

/**
 * Gated recurrent unit: h' = (1 − z) n + z h, n = tanh(xₙ + r hₙ), z and r sigmoid. Cho et al.
 * 2014, eq. 5 to 8, with the reset gate applied after the recurrent product, as in cuDNN, so that a
 * step needs one product.
 *
 * @param input in → 3 width: r, z, n
 * @param recurrent width → 3 width, in the same order
 */
public record GruCell(Linear input, Linear recurrent) implements Cell {
  private static final int GATES = 3;

  static GruCell create(ParameterStore store, int in, int width) {
    return new GruCell(
        Cell.product(store.scope("input"), in, width, GATES, Initializer.zeros()),
        Cell.product(store.scope("recurrent"), width, width, GATES, Initializer.zeros()));
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
    Tensor h = state.getFirst();
    List<Tensor> x = drive.split(1, GATES);
    List<Tensor> s = recurrent.apply(h).split(1, GATES);
    Tensor r = x.get(0).add(s.get(0)).sigmoid();
    Tensor z = x.get(1).add(s.get(1)).sigmoid();
    Tensor n = x.get(2).add(r.mul(s.get(2))).tanh();
    return List.of(n.add(z.mul(h.sub(n))));
  }
}
