package dev.assay.nn.decoding;

import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.util.Map;

/** A network one token at a time: graphs over variables that hold what rows have read. */
public interface SteppedNetwork {
  /**
   * What one step gives.
   *
   * @param logits [rows, choices]
   * @param assigns new contents
   */
  record Step(Tensor logits, Map<Variable, Tensor> assigns) {}

  /**
   * One token of each row.
   *
   * @param tokens I32 [rows]
   * @param positions I32 [rows]; 0 begins a sequence anew
   */
  Step step(Tensor tokens, Tensor positions);

  /**
   * New contents by which row r holds what row sources[r] held.
   *
   * @param sources I32 [rows]
   */
  Map<Variable, Tensor> copy(Tensor sources);
}
