package dev.assay.plugins.transformer.gpt;

import dev.assay.nn.Dropout;
import dev.assay.plugins.transformer.gpt.TokenData.Sequence;
import dev.assay.spi.RowQueues;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * −ln p of token sequences. A sequence longer than the context is cut into windows: the first
 * predicts a whole context of tokens, each later one the next {@code stride} tokens, after context
 * − stride tokens that it only reads. Every token is predicted once, from tokens before it alone,
 * so the sum is exact for the model that sees so much.
 *
 * <p>A window's row follows from its sequence's index and its place there, so that no score depends
 * on what is scored beside it.
 */
final class WindowScorer implements AutoCloseable {
  private static final int MOST_ROWS = 32;
  private static final int MOST_TOKENS = 2048;
  private static final int NONE = -1;

  private final Program program;
  private final int context;
  private final int stride;
  private final int rows;
  private final int[] tokens;
  private final int[] targets;
  private final float[] nats;

  /**
   * One row to be computed: the sequence from token {@code at} on, of which the predictions {@code
   * from} to {@code to} − 1 count.
   */
  private record Window(int sequence, int at, int from, int to) {}

  /**
   * @param stride 1 … context
   */
  WindowScorer(Backend backend, GptNetwork network, int stride) {
    this.stride = stride;
    context = network.context();
    rows = Math.clamp(MOST_TOKENS / context, 1, MOST_ROWS);
    tokens = new int[rows * context];
    targets = new int[rows * context];
    nats = new float[rows * context];
    Shape shape = Shape.of(rows, context);
    Tensor logits = network.logits(Tensor.input("tokens", DType.I32, shape), null, Dropout.none());
    Tensor nll = Tensors.crossEntropy(logits, Tensor.input("targets", DType.I32, shape));
    program = backend.compile(Graph.builder().output("nats", nll).build());
  }

  /**
   * −ln p of each sequence in nats: the sum over all its tokens that are predicted.
   *
   * @param sequences whose first window holds what is not predicted
   * @param first index of the first sequence
   */
  double[] score(List<Sequence> sequences, long first) {
    RowQueues<Window> waiting = new RowQueues<>(rows);
    for (int i = 0; i < sequences.size(); i++) {
      long row = first + i;
      for (Window window : windows(i, sequences.get(i))) {
        waiting.add(row++, window);
      }
    }
    double[] sums = new double[sequences.size()];
    while (!waiting.isEmpty()) {
      waiting.peek((row, next) -> load(row, sequences.get(next.sequence()).tokens(), next.at()));
      run();
      waiting.poll((row, done) ->
          sums[done.sequence()] += sum(row * context + done.from(), row * context + done.to()));
    }
    return sums;
  }

  private List<Window> windows(int index, Sequence sequence) {
    int length = sequence.tokens().length;
    List<Window> windows = new ArrayList<>();
    for (int next = sequence.from(); next < length; ) {
      int read = next == sequence.from() ? next - 1 : context - stride;
      int to = Math.min(context, read + length - next);
      windows.add(new Window(index, next - 1 - read, read, to));
      next += to - read;
    }
    return windows;
  }

  /** Fills a row with the sequence from token {@code at} on. */
  private void load(int row, int[] sequence, int at) {
    int size = Math.min(context, sequence.length - 1 - at);
    int begin = row * context;
    Arrays.fill(tokens, begin, begin + context, NONE);
    Arrays.fill(targets, begin, begin + context, NONE);
    System.arraycopy(sequence, at, tokens, begin, size);
    System.arraycopy(sequence, at + 1, targets, begin, size);
  }

  private double sum(int from, int to) {
    double sum = 0;
    for (int k = from; k < to; k++) {
      sum += nats[k];
    }
    return sum;
  }

  private void run() {
    program.set("tokens", tokens);
    program.set("targets", targets);
    program.run();
    program.get("nats", nats);
  }

  @Override
  public void close() {
    program.close();
  }
}
