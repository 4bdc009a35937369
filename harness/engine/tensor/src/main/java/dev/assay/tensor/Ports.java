package dev.assay.tensor;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The named inputs and outputs of a graph, with the checks that every backend makes before it
 * copies elements in or out.
 */
public final class Ports {
  private final Map<String, Tensor> inputs = new LinkedHashMap<>();
  private final Map<String, Tensor> outputs;

  /**
   * @throws ShapeException if two inputs share a name but not the type and shape
   */
  public Ports(Graph graph) {
    outputs = graph.outputs();
    for (Tensor t : graph.order()) {
      if (t.op() instanceof Op.Input(String name)) {
        Tensor other = inputs.putIfAbsent(name, t);
        if (other != null && !(other.dtype() == t.dtype() && other.shape().equals(t.shape()))) {
          throw new ShapeException(
              "input '" + name + "' is both " + type(other) + " and " + type(t));
        }
      }
    }
  }

  /** By name, in the order of {@link Graph#order()}; one of the tensors where several share it. */
  public Map<String, Tensor> inputs() {
    return Collections.unmodifiableMap(inputs);
  }

  /** By name. */
  public Map<String, Tensor> outputs() {
    return outputs;
  }

  /**
   * The input to be set from an array.
   *
   * @throws IllegalArgumentException if there is none of that name, or the array does not fit it
   */
  public Tensor input(String name, DType dtype, int length) {
    return find("input", inputs, name, dtype, length);
  }

  /**
   * The output to be copied into an array.
   *
   * @throws IllegalArgumentException if there is none of that name, or the array does not fit it
   */
  public Tensor output(String name, DType dtype, int length) {
    return find("output", outputs, name, dtype, length);
  }

  /**
   * Checks an array to be copied from or to a variable.
   *
   * @throws IllegalArgumentException if the array does not fit the variable
   */
  public static void check(Variable variable, DType dtype, int length) {
    if (variable.dtype() != dtype || variable.shape().size() != length) {
      throw misfit("variable", variable.name(), variable.tensor(), dtype, length);
    }
  }

  private static Tensor find(
      String kind, Map<String, Tensor> ports, String name, DType dtype, int length) {
    Tensor port = ports.get(name);
    if (port == null) {
      throw new IllegalArgumentException(
          "no " + kind + " is named '" + name + "'; there are " + ports.keySet());
    }
    if (port.dtype() != dtype || port.shape().size() != length) {
      throw misfit(kind, name, port, dtype, length);
    }
    return port;
  }

  private static IllegalArgumentException misfit(
      String kind, String name, Tensor port, DType dtype, int length) {
    return new IllegalArgumentException(
        kind
            + " '"
            + name
            + "' is "
            + type(port)
            + ": expected "
            + port.shape().size()
            + " values of "
            + port.dtype()
            + ", got "
            + length
            + " of "
            + dtype);
  }

  private static String type(Tensor t) {
    return t.dtype() + " " + t.shape();
  }
}
