package dev.assay.tensor.reference;

import dev.assay.tensor.DType;
import dev.assay.tensor.Draws;
import dev.assay.tensor.Flops;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Op;
import dev.assay.tensor.Ports;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Runs a graph in topological order. Element arrays are never changed once they are made. */
final class ReferenceProgram implements Program {
  private final ReferenceBackend backend;
  private final Graph graph;
  private final List<Tensor> order;
  private final Ports ports;
  private final Map<String, double[]> inputs = new HashMap<>();
  private final Map<String, double[]> outputs = new HashMap<>();
  private boolean closed;

  ReferenceProgram(ReferenceBackend backend, Graph graph) {
    this.backend = backend;
    this.graph = graph;
    this.order = graph.order();
    this.ports = new Ports(graph);
  }

  @Override
  public void set(String input, float[] values) {
    requireOpen();
    ports.input(input, DType.F32, values.length);
    inputs.put(input, Values.of(values));
  }

  @Override
  public void set(String input, int[] values) {
    requireOpen();
    ports.input(input, DType.I32, values.length);
    inputs.put(input, Values.of(values));
  }

  @Override
  public void seed(RandomStream stream) {
    if (ports.inputs().containsKey(Draws.INPUT)) {
      Program.super.seed(stream);
    }
  }

  /**
   * @throws IllegalStateException if an input was never set
   */
  @Override
  public void run() {
    requireOpen();
    Map<Tensor, double[]> values = new HashMap<>();
    for (Tensor t : order) {
      values.put(t, evaluate(t, values));
    }
    graph.outputs().forEach((name, t) -> outputs.put(name, known(values, t)));
    graph.assigns().forEach((variable, t) -> backend.own(variable).replace(known(values, t)));
  }

  private static double[] known(Map<Tensor, double[]> values, Tensor t) {
    return Objects.requireNonNull(values.get(t));
  }

  private double[] evaluate(Tensor t, Map<Tensor, double[]> values) {
    return switch (t.op()) {
      case Op.Input(String name) -> {
        double[] fed = inputs.get(name);
        if (fed == null) {
          throw new IllegalStateException(
              "input '" + name + "' " + t.dtype() + " " + t.shape() + " was never set");
        }
        yield fed;
      }
      case Op.State(Variable variable) -> backend.own(variable).values();
      default -> Evaluator.evaluate(t, t.operands().stream().map(x -> known(values, x)).toList());
    };
  }

  @Override
  public void get(String output, float[] into) {
    Values.copy(output(output, DType.F32, into.length), into);
  }

  @Override
  public void get(String output, int[] into) {
    Values.copy(output(output, DType.I32, into.length), into);
  }

  @Override
  public float scalar(String output) {
    return (float) output(output, DType.F32, 1)[0];
  }

  private double[] output(String name, DType dtype, int length) {
    requireOpen();
    ports.output(name, dtype, length);
    double[] values = outputs.get(name);
    if (values == null) {
      throw new IllegalStateException("output '" + name + "' is asked for before the first run");
    }
    return values;
  }

  @Override
  public long flops() {
    return Flops.of(graph);
  }

  @Override
  public String explain() {
    long written = 0;
    long read = 0;
    Map<String, Integer> kernels = new LinkedHashMap<>();
    for (Tensor t : order) {
      written += (long) DType.BYTES * t.shape().size();
      read += t.operands().stream().mapToLong(x -> (long) DType.BYTES * x.shape().size()).sum();
      kernels.merge(t.op().getClass().getSimpleName(), 1, Integer::sum);
    }
    return graph
        + "kernels: one per operation, nothing fused: "
        + kernels
        + "\nflops: "
        + flops()
        + "\nbytes: "
        + read
        + " read, "
        + written
        + " written\nmemory: every result is kept to the end of the run, in doubles\n";
  }

  @Override
  public void close() {
    closed = true;
    inputs.clear();
    outputs.clear();
  }

  private void requireOpen() {
    backend.requireOpen();
    if (closed) {
      throw new IllegalStateException("the program is closed");
    }
  }
}
