package dev.assay.spi.pairs;

import dev.assay.nn.Dropout;
import dev.assay.tensor.Backend;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.util.Map;

/** Predicts the tokens of a target from those before it and from a source. */
public interface PairNetwork {
  /** Tokens that can be predicted: 0 … choices − 1. */
  int choices();

  /**
   * Logits of each target token's successor: [batch, time, choices]. What stands behind the length
   * of a source has no influence.
   *
   * @param source I32 [batch, length]
   * @param lengths I32 [batch], tokens of each source
   * @param target I32 [batch, time]
   */
  Tensor logits(Tensor source, Tensor lengths, Tensor target, Dropout dropout);

  /**
   * The same network one token at a time.
   *
   * @param rows pairs side by side
   * @param length tokens of a source
   * @param context tokens of a target
   */
  Decoding decoding(Backend backend, int rows, int length, int context);

  /** Graphs over variables that hold what rows have read. */
  interface Decoding {
    /**
     * New contents by which one row holds a source.
     *
     * @param source I32 [1, length]
     * @param lengths I32 [1]
     * @param row I32 [1]
     */
    Map<Variable, Tensor> begin(Tensor source, Tensor lengths, Tensor row);

    /**
     * One token of each row.
     *
     * @param tokens I32 [rows]
     * @param positions I32 [rows]; 0 begins the target anew
     */
    Step step(Tensor tokens, Tensor positions);

    /**
     * New contents by which row r holds the target that row sources[r] held; both have the same
     * source.
     *
     * @param sources I32 [rows]
     */
    Map<Variable, Tensor> copy(Tensor sources);
  }

  /**
   * What one step gives.
   *
   * @param logits [rows, choices]
   * @param assigns new contents
   */
  record Step(Tensor logits, Map<Variable, Tensor> assigns) {}
}
