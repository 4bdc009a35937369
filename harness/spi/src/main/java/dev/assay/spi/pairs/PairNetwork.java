package dev.assay.spi.pairs;

import dev.assay.nn.Dropout;
import dev.assay.nn.decoding.SteppedNetwork;
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

  /** The network one target token at a time; a row reads its source when it begins. */
  interface Decoding extends SteppedNetwork {
    /**
     * New contents by which one row holds a source.
     *
     * @param source I32 [1, length]
     * @param lengths I32 [1]
     * @param row I32 [1]
     */
    Map<Variable, Tensor> begin(Tensor source, Tensor lengths, Tensor row);

    /**
     * New contents by which row r holds the target that row sources[r] held; both have the same
     * source.
     */
    @Override
    Map<Variable, Tensor> copy(Tensor sources);
  }
}
