package dev.assay.plugins.autoregressive.wavenet;

import dev.assay.nn.decoding.ProgramStepper;
import dev.assay.nn.decoding.SteppedNetwork;
import dev.assay.spi.text.TextSampler;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
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
final class QueueStepper extends ProgramStepper {
  private static final int ROWS = TextSampler.ROWS;
  private static final String LABELS = "labels";

  private final boolean labelled;
  private final int[] labels = new int[ROWS];
  private int[] classes = {};

  QueueStepper(Backend backend, WaveNetNetwork network, boolean labelled) {
    super(
        backend, Queues.of(backend, network, labelled), ROWS, Integer.MAX_VALUE, network.choices());
    this.labelled = labelled;
    setLabels();
  }

  /** The stepper, about to draw sequences of these classes. */
  QueueStepper over(int[] wanted) {
    classes = wanted;
    return this;
  }

  @Override
  public void begin(int row, int sequence) {
    labels[row] = classes[sequence];
    setLabels();
  }

  private void setLabels() {
    if (labelled) {
      set(LABELS, labels);
    }
  }

  /**
   * @param queues of each layer, [rows · dilation, width]
   */
  private record Queues(WaveNetNetwork network, boolean labelled, List<Variable> queues)
      implements SteppedNetwork {
    private static final Shape SHAPE = Shape.of(ROWS);

    static Queues of(Backend backend, WaveNetNetwork network, boolean labelled) {
      List<Variable> queues = new ArrayList<>();
      for (GatedLayer layer : network.layers()) {
        Shape shape = Shape.of(ROWS * layer.dilation(), layer.width());
        queues.add(backend.variable("queue." + queues.size(), DType.F32, shape));
      }
      return new Queues(network, labelled, queues);
    }

    @Override
    public Step step(Tensor tokens, Tensor positions) {
      Map<Variable, Tensor> assigns = new LinkedHashMap<>();
      Tensor places = positions.toFloat();
      Tensor logits =
          network.logits(
              tokens.reshape(ROWS, 1),
              labelled ? Tensor.input(LABELS, DType.I32, SHAPE) : null,
              (i, x) -> {
                int dilation = network.layers().get(i).dilation();
                int width = x.dim(2);
                Variable queue = queues.get(i);
                Tensor slot = slot(places, dilation);
                assigns.put(queue, queue.tensor().putRows(slot, x.reshape(ROWS, width)));
                Tensor begun = Tensor.fill(dilation, SHAPE).lessEqual(places);
                return queue
                    .tensor()
                    .gather(slot)
                    .mul(begun.reshape(ROWS, 1))
                    .reshape(ROWS, 1, width);
              });
      return new Step(logits.reshape(ROWS, network.choices()), assigns);
    }

    /** Row · dilation + position mod dilation, exact below 2²⁴. */
    private static Tensor slot(Tensor places, int dilation) {
      Tensor turns = places.mul(1f / dilation).floor();
      Tensor place = places.sub(turns.mul(dilation));
      return Tensor.iota(SHAPE, 0).mul(dilation).add(place).toInt();
    }

    @Override
    public Map<Variable, Tensor> copy(Tensor sources) {
      Map<Variable, Tensor> moved = new LinkedHashMap<>();
      for (Variable queue : queues) {
        Tensor rows = queue.tensor().reshape(ROWS, -1).gather(sources);
        moved.put(queue, rows.reshape(queue.shape()));
      }
      return moved;
    }
  }
}
