package dev.assay.plugins.transformer.bert;

import dev.assay.nn.Dropout;
import dev.assay.spi.RowQueues;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;
import java.util.Arrays;
import java.util.List;

/**
 * Σ −ln p(token | all others of its window): the pseudo-likelihood of Besag 1975; of BERT, Salazar
 * et al. 2020, eq. 1. It is no likelihood: the conditionals need not belong to any distribution. A
 * longer sequence is cut into windows.
 *
 * <p>A token's row follows from its sequence's index and its place there, so that no score depends
 * on what is scored beside it.
 */
final class PseudoScorer implements AutoCloseable {
  private static final int ROWS = 32;
  private static final int NONE = -1;

  private final Program program;
  private final int block;
  private final int mask;
  private final int[] tokens;
  private final int[] lengths = new int[ROWS];
  private final int[] places = new int[ROWS];
  private final int[] targets = new int[ROWS];
  private final float[] nats = new float[ROWS];

  /** A token to be told: the window of a sequence from token {@code from} on, and its place. */
  private record Hidden(int sequence, int from, int place) {}

  PseudoScorer(Backend backend, MaskedHead head, int block) {
    this.block = block;
    mask = head.encoder().mask();
    tokens = new int[ROWS * block];
    Tensor vectors =
        head.encoder()
            .apply(
                Tensor.input("tokens", DType.I32, Shape.of(ROWS, block)),
                Tensor.input("lengths", DType.I32, Shape.of(ROWS)),
                Dropout.none());
    Tensor logits = head.logits(vectors, Tensor.input("places", DType.I32, Shape.of(ROWS)));
    Tensor nll = Tensors.crossEntropy(logits, Tensor.input("targets", DType.I32, Shape.of(ROWS)));
    program = backend.compile(Graph.builder().output("nats", nll).build());
  }

  /**
   * @param sequences each with the start before it
   * @param first index of the first sequence
   */
  double[] score(List<int[]> sequences, long first) {
    RowQueues<Hidden> waiting = new RowQueues<>(ROWS);
    for (int i = 0; i < sequences.size(); i++) {
      for (int at = 1; at < sequences.get(i).length; at++) {
        int from = 1 + (at - 1) / (block - 1) * (block - 1);
        waiting.add(first + i + at, new Hidden(i, from, at - from + 1));
      }
    }
    double[] sums = new double[sequences.size()];
    while (!waiting.isEmpty()) {
      Arrays.fill(targets, NONE);
      Arrays.fill(lengths, 1);
      waiting.peek((row, hidden) -> load(row, sequences.get(hidden.sequence()), hidden));
      run();
      waiting.poll((row, hidden) -> sums[hidden.sequence()] += nats[row]);
    }
    return sums;
  }

  private void load(int row, int[] sequence, Hidden hidden) {
    int begin = row * block;
    int size = Math.min(block - 1, sequence.length - hidden.from());
    Arrays.fill(tokens, begin, begin + block, NONE);
    tokens[begin] = sequence[0];
    System.arraycopy(sequence, hidden.from(), tokens, begin + 1, size);
    lengths[row] = size + 1;
    places[row] = begin + hidden.place();
    targets[row] = tokens[places[row]];
    tokens[places[row]] = mask;
  }

  private void run() {
    program.set("tokens", tokens);
    program.set("lengths", lengths);
    program.set("places", places);
    program.set("targets", targets);
    program.run();
    program.get("nats", nats);
  }

  @Override
  public void close() {
    program.close();
  }
}
