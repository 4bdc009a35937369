package dev.assay.nn;

import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Gradients;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One whole training update as one program: forward, backward, clipping, update, averages. The
 * program has the input {@link #LEARNING_RATE} and the outputs {@link #LOSS} and, when clipped,
 * {@link #GRADIENT_NORM}.
 */
public final class TrainStep {
  /** Input: the learning rate, F32 scalar. */
  public static final String LEARNING_RATE = "learning_rate";

  /** Output: the loss before the update. */
  public static final String LOSS = "loss";

  /** Output: norm of all gradients before clipping. */
  public static final String GRADIENT_NORM = "gradient_norm";

  private final Tensor loss;
  private final List<Parameter> parameters;
  private final Optimizer optimizer;
  private final Graph.Builder graph = Graph.builder();
  private double maxNorm = Double.POSITIVE_INFINITY;
  private @Nullable Ema ema;

  /**
   * @param loss a scalar, to be made smaller
   * @param parameters what is trained
   */
  public TrainStep(Tensor loss, List<Parameter> parameters, Optimizer optimizer) {
    this.loss = loss;
    this.parameters = List.copyOf(parameters);
    this.optimizer = optimizer;
    graph.output(LOSS, loss);
  }

  /**
   * Clips the norm of all gradients together; infinity does not.
   *
   * @param norm positive
   */
  public TrainStep clip(double norm) {
    if (!(norm > 0)) {
      throw new IllegalArgumentException("the clipping norm must be positive: " + norm);
    }
    maxNorm = norm;
    return this;
  }

  /** Keeps averages of the parameters. */
  public TrainStep average(Ema averages) {
    ema = averages;
    return this;
  }

  /** A further output of the same replay. */
  public TrainStep output(String name, Tensor value) {
    graph.output(name, value);
    return this;
  }

  /** Further variables to set, such as running statistics. */
  public TrainStep assign(Map<Variable, Tensor> values) {
    graph.assign(values);
    return this;
  }

  /** The graph; to be called once. */
  public Graph build() {
    List<Tensor> values = parameters.stream().map(Parameter::value).toList();
    List<Tensor> gradients = Gradients.of(loss, values);
    if (maxNorm < Double.POSITIVE_INFINITY) {
      Clip.ByNorm clipped = Clip.norm(gradients, maxNorm);
      graph.output(GRADIENT_NORM, clipped.norm());
      gradients = clipped.gradients();
    }
    Tensor rate = Tensor.input(LEARNING_RATE, DType.F32, Shape.SCALAR);
    Map<Variable, Tensor> updates = optimizer.step(parameters, gradients, rate);
    Map<Variable, Tensor> assigns = new LinkedHashMap<>(updates);
    if (ema != null) {
      assigns.putAll(ema.step(updates));
    }
    return graph.assign(assigns).build();
  }

  /** The compiled graph; to be called once. */
  public Program compile(Backend backend) {
    return backend.compile(build());
  }
}
