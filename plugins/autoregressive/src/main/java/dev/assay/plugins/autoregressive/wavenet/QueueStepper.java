package dev.assay.plugins.autoregressive.wavenet;

import dev.assay.nn.decoding.TokenStepper;
import dev.assay.spi.text.TextSampler;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The network one token at a time. Each layer keeps a queue of what it read in the last {@code
 * dilation} steps, as a ring: the slot of a step holds what was read {@code dilation} steps before,
 * and takes what is read now. Paine et al. 2016, §2.
 */
final class QueueStepper implements TokenStepper, AutoCloseable {
  private static final int ROWS = TextSampler.ROWS;
  private static final String TOKENS = "tokens";
  private static final String POSITIONS = "positions";
  private static final String LABELS = "labels";
  private static final String LOGITS = "logits";
  private static final String SOURCES = "sources";

  private final Program program;
  private final Program rows;
  private final int choices;
  private final boolean labelled;
  private final int[] labels = new int[ROWS];
  private int[] classes = {};

  QueueStepper(Backend backend, WaveNetNetwork network, boolean labelled) {
    this.labelled = labelled;
    choices = network.choices();
    List<Variable> queues = new ArrayList<>();
    Map<Variable, Tensor> assigns = new LinkedHashMap<>();
    Shape shape = Shape.of(ROWS);
    Tensor positions = Tensor.input(POSITIONS, DType.I32, shape).toFloat();
    Tensor logits =
        network.logits(
            Tensor.input(TOKENS, DType.I32, shape).reshape(ROWS, 1),
            labelled ? Tensor.input(LABELS, DType.I32, shape) : null,
            (i, x) -> {
              int dilation = network.layers().get(i).dilation();
              int width = x.dim(2);
              Variable queue =
                  backend.variable("queue." + i, DType.F32, Shape.of(ROWS * dilation, width));
              queues.add(queue);
              Tensor slot = slot(positions, dilation);
              assigns.put(queue, queue.tensor().putRows(slot, x.reshape(ROWS, width)));
              Tensor begun = Tensor.fill(dilation, shape).lessEqual(positions);
              return queue
                  .tensor()
                  .gather(slot)
                  .mul(begun.reshape(ROWS, 1))
                  .reshape(ROWS, 1, width);
            });
    program =
        backend.compile(
            Graph.builder().output(LOGITS, logits.reshape(ROWS, choices)).assign(assigns).build());
    Tensor sources = Tensor.input(SOURCES, DType.I32, shape);
    Graph.Builder moves = Graph.builder();
    for (Variable queue : queues) {
      Tensor moved = queue.tensor().reshape(ROWS, -1).gather(sources);
      moves.assign(Map.of(queue, moved.reshape(queue.shape())));
    }
    rows = backend.compile(moves.build());
  }

  /** Row · dilation + position mod dilation, exact below 2²⁴. */
  private static Tensor slot(Tensor positions, int dilation) {
    Tensor turns = positions.mul(1f / dilation).floor();
    Tensor place = positions.sub(turns.mul(dilation));
    return Tensor.iota(Shape.of(ROWS), 0).mul(dilation).add(place).toInt();
  }

  /** The stepper, about to draw sequences of these classes. */
  QueueStepper over(int[] wanted) {
    classes = wanted;
    return this;
  }

  @Override
  public int rows() {
    return ROWS;
  }

  @Override
  public int context() {
    return Integer.MAX_VALUE;
  }

  @Override
  public int choices() {
    return choices;
  }

  @Override
  public void begin(int row, int sequence) {
    labels[row] = classes[sequence];
  }

  @Override
  public void step(int[] tokens, int[] positions, float[] logits) {
    program.set(TOKENS, tokens);
    program.set(POSITIONS, positions);
    if (labelled) {
      program.set(LABELS, labels);
    }
    program.run();
    program.get(LOGITS, logits);
  }

  @Override
  public void copy(int[] sources) {
    rows.set(SOURCES, sources);
    rows.run();
  }

  @Override
  public void close() {
    rows.close();
    program.close();
  }
}
