package dev.assay.nn.decoding;

import java.util.List;

/** Completes sequences, each independently of those beside it. */
public interface Decoder {
  /**
   * The tokens added to each prompt, in order.
   *
   * @param first index of the first sequence; a sequence's rows follow from its index
   */
  List<int[]> complete(List<Continuation> wanted, int first);
}
