package dev.assay.tensor.suite;

import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Draws;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Ports;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A case compiled for one backend. */
final class Side implements AutoCloseable {
  private final Case made;
  private final Graph graph;
  private final Program program;
  private final Map<String, Tensor> inputs;

  Side(Backend backend, Case made, UnaryOperator<Graph> part) {
    this.made = made;
    this.graph = part.apply(made.graph());
    this.inputs = new Ports(graph).inputs();
    this.program = backend.compile(graph);
  }

  Graph graph() {
    return graph;
  }

  /** Elements of the inputs of a replay, by name. */
  Map<String, double[]> inputs(int replay) {
    Map<String, double[]> values = new LinkedHashMap<>();
    inputs.forEach((name, _) -> values.put(name, elements(name, replay)));
    return values;
  }

  /** Runs once more on the inputs of the last replay. */
  void run() {
    program.run();
  }

  /** Runs once; the elements of all outputs and variables. */
  Map<String, double[]> replay(int replay) {
    inputs.forEach((name, t) -> {
      double[] values = elements(name, replay);
      if (t.dtype() == DType.F32) {
        program.set(name, floats(values));
      } else {
        program.set(name, ints(values));
      }
    });
    program.run();
    Map<String, double[]> results = new LinkedHashMap<>();
    graph.outputs().forEach((name, t) -> results.put("output " + name, output(name, t)));
    for (Variable v : made.variables()) {
      results.put("variable " + v.name(), elements(v));
    }
    return results;
  }

  /** The tensor whose value {@link #replay} gave under this name. */
  Tensor tensor(String result) {
    if (result.startsWith("output ")) {
      return graph.outputs().get(result.substring("output ".length()));
    }
    return made.variables().stream()
        .filter(v -> result.equals("variable " + v.name()))
        .map(v -> graph.assigns().getOrDefault(v, v.tensor()))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    program.close();
  }

  private double[] elements(String name, int replay) {
    if (name.equals(Draws.INPUT)) {
      long key = RandomStream.root(replay).key();
      return new double[] {(int) key, (int) (key >>> 32)};
    }
    return made.elements(name, replay);
  }

  private double[] output(String name, Tensor t) {
    if (t.dtype() == DType.I32) {
      int[] values = new int[t.shape().size()];
      program.get(name, values);
      return Arrays.stream(values).asDoubleStream().toArray();
    }
    float[] values = new float[t.shape().size()];
    program.get(name, values);
    return doubles(values);
  }

  private static double[] elements(Variable v) {
    if (v.dtype() == DType.I32) {
      int[] values = new int[v.shape().size()];
      v.read(values);
      return Arrays.stream(values).asDoubleStream().toArray();
    }
    float[] values = new float[v.shape().size()];
    v.read(values);
    return doubles(values);
  }

  private static double[] doubles(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  private static float[] floats(double[] values) {
    float[] narrow = new float[values.length];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (float) values[i];
    }
    return narrow;
  }

  private static int[] ints(double[] values) {
    return Arrays.stream(values).mapToInt(value -> (int) value).toArray();
  }
}
