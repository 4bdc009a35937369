package dev.assay.tensor.suite;

import static dev.assay.tensor.suite.BackendTests.differentiated;

import dev.assay.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Cells along a sequence: gates are cut from one sum, states and adjoints joined over time. */
interface RecurrentTests extends BackendTests {
  int STEPS = 4;

  @Test
  default void longShortTermMemory() {
    for (int[] size : new int[][] {{3, 5}, {2, 16}, {1, 20}, {5, 33}}) {
      int batch = size[0];
      int width = size[1];
      check(
          "LSTM of " + width + ", batch " + batch,
          made -> {
            Tensor x = made.uniform(-1, 1, STEPS, batch, 7);
            Tensor input = made.uniform(-1, 1, 7, 4 * width);
            Tensor recurrent = made.uniform(-.5, .5, width, 4 * width);
            Tensor bias = made.uniform(-1, 1, 4 * width);
            Tensor second = made.uniform(-1, 1, 4 * width);
            Tensor h = made.uniform(-1, 1, batch, width);
            Tensor c = made.uniform(-1, 1, batch, width);
            Tensor drive = x.matmul(input).add(bias);
            List<Tensor> outputs = new ArrayList<>();
            for (int t = 0; t < STEPS; t++) {
              Tensor now = drive.slice(0, t, 1).reshape(batch, 4 * width);
              List<Tensor> gates = now.add(h.matmul(recurrent).add(second)).split(1, 4);
              c =
                  gates
                      .get(1)
                      .sigmoid()
                      .mul(c)
                      .add(gates.get(0).sigmoid().mul(gates.get(2).tanh()));
              h = gates.get(3).sigmoid().mul(c.tanh());
              outputs.add(h.reshape(1, batch, width));
            }
            Tensor y = Tensor.concat(0, outputs);
            differentiated(made, y, x, input, recurrent, bias, second);
          });
    }
  }

  @Test
  default void gatedRecurrentUnitsInBothDirections() {
    for (int width : new int[] {5, 16, 20}) {
      int batch = 3;
      check(
          "GRU of " + width,
          made -> {
            Tensor x = made.uniform(-1, 1, STEPS, batch, 6);
            Tensor input = made.uniform(-1, 1, 6, 3 * width);
            Tensor recurrent = made.uniform(-.5, .5, width, 3 * width);
            Tensor bias = made.uniform(-1, 1, 3 * width);
            Tensor drive = x.matmul(input).add(bias);
            Tensor there = made.uniform(-1, 1, batch, width);
            Tensor back = there;
            Tensor[] outputs = new Tensor[2 * STEPS];
            for (int t = 0; t < STEPS; t++) {
              int last = STEPS - 1 - t;
              there = gru(drive, t, there, recurrent, width);
              back = gru(drive, last, back, recurrent, width);
              outputs[t] = there.reshape(1, batch, width);
              outputs[STEPS + last] = back.reshape(1, batch, width);
            }
            List<Tensor> all = List.of(outputs);
            Tensor y =
                Tensor.concat(
                    2,
                    Tensor.concat(0, all.subList(0, STEPS)),
                    Tensor.concat(0, all.subList(STEPS, 2 * STEPS)));
            differentiated(made, y, x, input, recurrent, bias);
          });
    }
  }

  private static Tensor gru(Tensor drive, int t, Tensor h, Tensor recurrent, int width) {
    List<Tensor> x = drive.slice(0, t, 1).reshape(drive.dim(1), 3 * width).split(1, 3);
    List<Tensor> s = h.matmul(recurrent).split(1, 3);
    Tensor r = x.get(0).add(s.get(0)).sigmoid();
    Tensor z = x.get(1).add(s.get(1)).sigmoid();
    Tensor n = x.get(2).add(r.mul(s.get(2))).tanh();
    return n.add(z.mul(h.sub(n)));
  }

  @Test
  default void partsOfConcatenationsThatAreUsedElsewhere() {
    for (int width : new int[] {3, 16, 40}) {
      check(
          "parts of " + width,
          made -> {
            Tensor x = made.uniform(-1, 1, 4, width);
            Tensor a = x.exp();
            Tensor b = x.sin().mul(a);
            Tensor rows = Tensor.concat(0, a, b, a);
            Tensor columns = Tensor.concat(1, b, x, x.cos());
            Tensor nested = Tensor.concat(0, columns, columns.mul(2).tanh());
            made.out(a.transpose(0, 1).matmul(b));
            made.out(b.slice(1, 1, 2).sigmoid());
            made.out(b.flip(0).add(a));
            made.out(rows.matmul(made.uniform(-1, 1, width, 3)));
            made.out(Tensor.concat(0, rows, rows.neg()).sum(0));
            made.out(nested.mul(nested).sum(1));
          });
    }
  }

  @Test
  default void partsThatAreReshapedToOneExtentFromSeveral() {
    check(
        "a column and a row",
        made -> {
          Tensor column = made.uniform(-1, 1, 16, 1).reshape(1, 1, 16);
          Tensor row = made.uniform(-1, 1, 1, 16).reshape(1, 1, 16);
          made.out(Tensor.concat(0, column, row));
        });
    check(
        "parts of rank 4",
        made -> {
          Tensor behind = made.uniform(-1, 1, 3, 16, 1).reshape(1, 3, 1, 16);
          Tensor before = made.uniform(-1, 1, 1, 3, 16).reshape(1, 3, 1, 16);
          made.out(Tensor.concat(0, behind, before));
        });
  }

  @Test
  default void slicesWithoutElements() {
    check(made -> {
      Tensor sum = made.uniform(-1, 1, 8, 16).exp();
      Tensor none = sum.reshape(1, 8, 16).slice(new int[] {0, 0, 0}, new int[] {0, 4, 16});
      made.out(none.mul(2));
    });
  }

  @Test
  default void slicesOfWhatIsReadTwiceManyTimesOver() {
    check(made -> {
      Tensor x = made.uniform(.9, 1, 2, 32);
      for (int i = 0; i < 40; i++) {
        x = x.square().sin();
      }
      List<Tensor> halves = x.split(1, 2);
      made.out(halves.get(0).mul(halves.get(1)));
    });
  }
}
