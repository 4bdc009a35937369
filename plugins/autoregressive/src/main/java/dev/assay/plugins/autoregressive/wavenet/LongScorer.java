package dev.assay.plugins.autoregressive.wavenet;

import dev.assay.spi.RowQueues;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;
import dev.assay.tensor.Variable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * −ln p of sequences of any length, part after part, with what every layer read before carried on:
 * the sum is exact. A sequence's row follows from its index, so that no score depends on what is
 * scored beside it.
 */
final class LongScorer implements AutoCloseable {
  private static final int NONE = -1;
  private static final String TOKENS = "tokens";
  private static final String TARGETS = "targets";
  private static final String LABELS = "labels";
  private static final String CARRIED = "carried";
  private static final String NATS = "nats";

  private final Program program;
  private final boolean labelled;
  private final int rows;
  private final int time;
  private final int[] tokens;
  private final int[] targets;
  private final int[] labels;
  private final float[] carried;
  private final float[] nats;

  /** The part of a sequence that a row reads next, from token {@code at} on. */
  private record Part(int sequence, int at) {}

  /**
   * @param rows sequences side by side
   * @param time tokens read at once
   */
  LongScorer(Backend backend, WaveNetNetwork network, boolean labelled, int rows, int time) {
    this.labelled = labelled;
    this.rows = rows;
    this.time = time;
    tokens = new int[rows * time];
    targets = new int[rows * time];
    labels = new int[rows];
    carried = new float[rows];
    nats = new float[rows * time];
    Shape shape = Shape.of(rows, time);
    Tensor keep = Tensor.input(CARRIED, DType.F32, Shape.of(rows)).reshape(rows, 1, 1);
    Map<Variable, Tensor> assigns = new LinkedHashMap<>();
    Tensor logits =
        network.logits(
            Tensor.input(TOKENS, DType.I32, shape),
            labelled ? Tensor.input(LABELS, DType.I32, Shape.of(rows)) : null,
            (i, x) -> {
              int dilation = network.layers().get(i).dilation();
              Variable past =
                  backend.variable("past." + i, DType.F32, Shape.of(rows, dilation, x.dim(2)));
              Tensor both = Tensor.concat(1, past.tensor().mul(keep), x);
              assigns.put(past, both.slice(1, time, dilation));
              return both.slice(1, 0, time);
            });
    Tensor nll = Tensors.crossEntropy(logits, Tensor.input(TARGETS, DType.I32, shape));
    program = backend.compile(Graph.builder().output(NATS, nll).assign(assigns).build());
  }

  /**
   * −ln p of each sequence in nats: the sum over all its tokens but the first, which is the start.
   *
   * @param classes a class for each sequence, of which only a model of labels takes notice
   * @param first index of the first sequence
   */
  double[] score(List<int[]> sequences, int[] classes, long first) {
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
      waiting.peek((row, part) -> {
        load(row, sequences.get(part.sequence()), part.at());
        labels[row] = classes[part.sequence()];
      });
      run();
      waiting.poll((row, part) -> {
        for (int t = 0; t < time; t++) {
          sums[part.sequence()] += nats[row * time + t];
        }
      });
    }
    return sums;
  }

  private void load(int row, int[] sequence, int at) {
    carried[row] = at == 0 ? 0 : 1;
    int size = Math.min(time, sequence.length - 1 - at);
    System.arraycopy(sequence, at, tokens, row * time, size);
    System.arraycopy(sequence, at + 1, targets, row * time, size);
  }

  private void run() {
    program.set(TOKENS, tokens);
    program.set(TARGETS, targets);
    program.set(CARRIED, carried);
    if (labelled) {
      program.set(LABELS, labels);
    }
    program.run();
    program.get(NATS, nats);
  }

  @Override
  public void close() {
    program.close();
  }
}
