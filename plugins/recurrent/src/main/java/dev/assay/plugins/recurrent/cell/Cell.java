package dev.assay.plugins.recurrent.cell;

import dev.assay.nn.Initializer;
import dev.assay.nn.Linear;
import dev.assay.nn.ParameterStore;
import dev.assay.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One recurrent layer, a step at a time. What depends on the input alone, its {@link #drive}, is
 * computed for all steps in one product; gates stand side by side, so that a step takes one more.
 */
public sealed interface Cell permits ElmanCell, GruCell, LstmCell {
  /** Kinds of cells. */
  enum Kind {
    ELMAN,
    GRU,
    LSTM;

    /** A cell with weights uniform on ±1/√width. */
    public Cell create(ParameterStore store, int in, int width) {
      return switch (this) {
        case ELMAN -> ElmanCell.create(store, in, width);
        case GRU -> GruCell.create(store, in, width);
        case LSTM -> LstmCell.create(store, in, width);
      };
    }
  }

  /** Numbers in the hidden state. */
  int width();

  /** Tensors that make up the state: the hidden state, and what else it keeps. */
  int states();

  /** The product with the input: x [.., in] → [.., gates · width]. */
  Tensor drive(Tensor x);

  /**
   * The state after one step; its first tensor is the output.
   *
   * @param drive of this step, [batch, gates · width]
   * @param state {@link #states} tensors [batch, width]
   */
  List<Tensor> step(Tensor drive, List<Tensor> state);

  /** A product in → gates · width whose weights are uniform on ±1/√width. */
  static Linear product(
      ParameterStore store, int in, int width, int gates, @Nullable Initializer bias) {
    Initializer weight = Initializer.uniform(1 / Math.sqrt(width));
    return Linear.create(store, in, gates * width, weight, bias);
  }
}
