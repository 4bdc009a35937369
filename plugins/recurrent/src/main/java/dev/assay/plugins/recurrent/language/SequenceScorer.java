package dev.assay.plugins.recurrent.language;

import dev.assay.nn.Dropout;
import dev.assay.plugins.recurrent.cell.Stack;
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
 * −ln p of token sequences of any length, each from its first token to its last with the states
 * carried on: the sum is exact. A sequence's row follows from its index, so that no score depends
 * on what is scored beside it.
 */
final class SequenceScorer implements AutoCloseable {
  private static final int NONE = -1;
  private static final String TOKENS = "tokens";
  private static final String TARGETS = "targets";
  private static final String CARRIED = "carried";
  private static final String NATS = "nats";

  private final Program program;
  private final int time;
  private final int rows;
  private final int[] tokens;
  private final int[] targets;
  private final float[] carried;
  private final float[] nats;

  /** The part of a sequence that a row reads next, from token {@code at} on. */
  private record Part(int sequence, int at) {}

  /**
   * @param time tokens read at once
   * @param rows sequences side by side
   */
  SequenceScorer(Backend backend, LanguageNetwork network, int time, int rows) {
    this.time = time;
    this.rows = rows;
    tokens = new int[time * rows];
    targets = new int[time * rows];
    carried = new float[rows];
    nats = new float[time * rows];
    Shape shape = Shape.of(time, rows);
    Stack.Kept kept = network.stack().scratch(backend, "scorer", rows);
    Stack.States start = kept.read().times(Tensor.input(CARRIED, DType.F32, Shape.of(rows, 1)));
    LanguageNetwork.Predicted next =
        network.predict(Tensor.input(TOKENS, DType.I32, shape), start, Dropout.none());
    Tensor nll = Tensors.crossEntropy(next.logits(), Tensor.input(TARGETS, DType.I32, shape));
    program =
        backend.compile(
            Graph.builder().output(NATS, nll).assign(kept.assign(next.states())).build());
  }

  /**
   * −ln p of each sequence in nats: the sum over all its tokens but the first, which is the start.
   *
   * @param first index of the first sequence
   */
  double[] score(List<int[]> sequences, long first) {
    RowQueues<Part> waiting = new RowQueues<>(rows);
    for (int i = 0; i < sequences.size(); i++) {
      for (int at = 0; at + 1 < sequences.get(i).length; at += time) {
        waiting.add(first + i, new Part(i, at));
      }
    }
    double[] sums = new double[sequences.size()];
    while (!waiting.isEmpty()) {
      Arrays.fill(tokens, NONE);
      Arrays.fill(targets, NONE);
      waiting.peek((row, part) -> load(row, sequences.get(part.sequence()), part.at()));
      run();
      waiting.poll((row, part) -> {
        for (int t = 0; t < time; t++) {
          sums[part.sequence()] += nats[t * rows + row];
        }
      });
    }
    return sums;
  }

  private void load(int row, int[] sequence, int at) {
    carried[row] = at == 0 ? 0 : 1;
    int size = Math.min(time, sequence.length - 1 - at);
    for (int t = 0; t < size; t++) {
      tokens[t * rows + row] = sequence[at + t];
      targets[t * rows + row] = sequence[at + t + 1];
    }
  }

  private void run() {
    program.set(TOKENS, tokens);
    program.set(TARGETS, targets);
    program.set(CARRIED, carried);
    program.run();
    program.get(NATS, nats);
  }

  @Override
  public void close() {
    program.close();
  }
}
