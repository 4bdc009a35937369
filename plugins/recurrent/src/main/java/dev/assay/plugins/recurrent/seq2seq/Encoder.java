package dev.assay.plugins.recurrent.seq2seq;

import dev.assay.nn.Dropout;
import dev.assay.nn.ParameterStore;
import dev.assay.plugins.recurrent.cell.Cell;
import dev.assay.plugins.recurrent.cell.Stack;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Layers that read the source in both directions, half of the width each. Padding leaves a state as
 * it is, so that a row's states do not depend on how far it is filled up. Schuster and Paliwal
 * 1997.
 */
record Encoder(List<Cell> forward, List<Cell> backward) {
  static Encoder create(ParameterStore store, Cell.Kind kind, int layers, int in, int width) {
    List<Cell> forward = new ArrayList<>();
    List<Cell> backward = new ArrayList<>();
    for (int i = 0; i < layers; i++) {
      int from = i == 0 ? in : width;
      forward.add(kind.create(store.scope(i).scope("forward"), from, width / 2));
      backward.add(kind.create(store.scope(i).scope("backward"), from, width / 2));
    }
    return new Encoder(forward, backward);
  }

  /**
   * What the source left behind.
   *
   * @param outputs of the last layer, [length, batch, width]
   * @param states of each layer, both directions side by side, [batch, width]
   */
  record Encoded(Tensor outputs, Stack.States states) {}

  /**
   * @param x [length, batch, in]
   * @param lengths I32 [batch]
   */
  Encoded apply(Tensor x, Tensor lengths, Dropout dropout) {
    Tensor h = x;
    List<List<Tensor>> states = new ArrayList<>();
    for (int i = 0; i < forward.size(); i++) {
      Pass right = pass(forward.get(i), h, lengths, false);
      Pass left = pass(backward.get(i), h, lengths, true);
      h = dropout.child("encoder" + i).apply(Tensor.concat(2, right.outputs(), left.outputs()));
      List<Tensor> both = new ArrayList<>();
      for (int j = 0; j < right.state().size(); j++) {
        both.add(Tensor.concat(1, right.state().get(j), left.state().get(j)));
      }
      states.add(both);
    }
    return new Encoded(h, new Stack.States(states));
  }

  private record Pass(Tensor outputs, List<Tensor> state) {}

  private static Pass pass(Cell cell, Tensor x, Tensor lengths, boolean reversed) {
    int time = x.dim(0);
    int batch = x.dim(1);
    Tensor drive = cell.drive(x);
    Tensor length = lengths.toFloat().reshape(batch, 1);
    Tensor[] outputs = new Tensor[time];
    Tensor zero = Tensor.fill(0, Shape.of(batch, cell.width()));
    List<Tensor> state = cell.states() == 1 ? List.of(zero) : List.of(zero, zero);
    for (int k = 0; k < time; k++) {
      int t = reversed ? time - 1 - k : k;
      List<Tensor> before = state;
      Tensor real = Tensor.fill(t, length.shape()).less(length);
      List<Tensor> next = cell.step(drive.slice(0, t, 1).reshape(batch, drive.dim(2)), before);
      List<Tensor> kept = new ArrayList<>();
      for (int j = 0; j < next.size(); j++) {
        kept.add(before.get(j).add(real.mul(next.get(j).sub(before.get(j)))));
      }
      state = kept;
      outputs[t] = state.getFirst().reshape(1, batch, cell.width());
    }
    return new Pass(Tensor.concat(0, outputs), state);
  }
}
