package dev.assay.plugins.recurrent.cell;

import dev.assay.nn.Dropout;
import dev.assay.nn.ParameterStore;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Layers of cells, each fed by the outputs of the one below. Dropout acts between layers and on the
 * last one's outputs, never from step to step (Zaremba et al. 2014, §3).
 */
public record Stack(List<Cell> cells) {
  public Stack {
    cells = List.copyOf(cells);
  }

  /** Layers 0, 1, … under the store's scope. */
  public static Stack create(ParameterStore store, Cell.Kind kind, int layers, int in, int width) {
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < layers; i++) {
      cells.add(kind.create(store.scope(i), i == 0 ? in : width, width));
    }
    return new Stack(cells);
  }

  /** The states of all layers: for each cell its tensors [batch, width]. */
  public record States(List<List<Tensor>> layers) {
    /** Each number times the row's factor [batch, 1]. */
    public States times(Tensor factor) {
      return new States(
          layers.stream()
              .map(state -> state.stream().map(part -> part.mul(factor)).toList())
              .toList());
    }

    /** These where the row's condition [batch, 1] is not 0, else others. */
    public States where(Tensor condition, States others) {
      List<List<Tensor>> chosen = new ArrayList<>();
      for (int i = 0; i < layers.size(); i++) {
        List<Tensor> state = new ArrayList<>();
        for (int j = 0; j < layers.get(i).size(); j++) {
          state.add(condition.where(layers.get(i).get(j), others.layers().get(i).get(j)));
        }
        chosen.add(state);
      }
      return new States(chosen);
    }
  }

  /** Outputs of the last layer [time, batch, width], and the states after the last step. */
  public record Unrolled(Tensor outputs, States states) {}

  /** All zeros. */
  public States zeros(int batch) {
    return new States(
        cells.stream()
            .map(cell -> {
              Tensor zero = Tensor.fill(0, Shape.of(batch, cell.width()));
              return cell.states() == 1 ? List.of(zero) : List.of(zero, zero);
            })
            .toList());
  }

  /** x [time, batch, in], step by step. */
  public Unrolled unroll(Tensor x, States start, Dropout dropout) {
    Tensor h = x;
    List<List<Tensor>> ends = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      Cell cell = cells.get(i);
      List<Tensor> state = start.layers().get(i);
      Tensor drive = cell.drive(h);
      List<Tensor> outputs = new ArrayList<>();
      for (int t = 0; t < x.dim(0); t++) {
        state = cell.step(drive.slice(0, t, 1).reshape(x.dim(1), drive.dim(2)), state);
        outputs.add(state.getFirst().reshape(1, x.dim(1), cell.width()));
      }
      h = dropout.child("layer" + i).apply(Tensor.concat(0, outputs));
      ends.add(state);
    }
    return new Unrolled(h, new States(ends));
  }

  /** One step: x [batch, in] → output [1, batch, width]. */
  public Unrolled step(Tensor x, States start) {
    return unroll(x.reshape(1, x.dim(0), x.dim(1)), start, Dropout.none());
  }

  /** States that outlive a replay. */
  public record Kept(List<List<Variable>> layers) {
    /** What they hold. */
    public States read() {
      return new States(
          layers.stream().map(state -> state.stream().map(Variable::tensor).toList()).toList());
    }

    /** New contents. */
    public Map<Variable, Tensor> assign(States states) {
      Map<Variable, Tensor> assigns = new LinkedHashMap<>();
      for (int i = 0; i < layers.size(); i++) {
        for (int j = 0; j < layers.get(i).size(); j++) {
          assigns.put(layers.get(i).get(j), states.layers().get(i).get(j));
        }
      }
      return assigns;
    }

    /** New contents by which row r holds what row sources[r] held; sources I32 [batch]. */
    public Map<Variable, Tensor> rows(Tensor sources) {
      Map<Variable, Tensor> assigns = new LinkedHashMap<>();
      layers.forEach(
          state -> state.forEach(part -> assigns.put(part, part.tensor().gather(sources))));
      return assigns;
    }
  }

  /** Scratch space for the states of so many rows, which belongs to no checkpoint; all zeros. */
  public Kept scratch(Backend backend, String name, int batch) {
    return kept(
        (part, width) -> backend.variable(name + "." + part, DType.F32, Shape.of(batch, width)));
  }

  /** States of so many rows that a checkpoint holds; all zeros. */
  public Kept stored(ParameterStore store, int batch) {
    return kept((part, width) -> store.buffer(part, Shape.of(batch, width), 0));
  }

  private interface Maker {
    Variable make(String part, int width);
  }

  private Kept kept(Maker maker) {
    List<List<Variable>> layers = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      List<Variable> state = new ArrayList<>();
      for (int j = 0; j < cells.get(i).states(); j++) {
        state.add(maker.make(i + "." + j, cells.get(i).width()));
      }
      layers.add(state);
    }
    return new Kept(layers);
  }
}
