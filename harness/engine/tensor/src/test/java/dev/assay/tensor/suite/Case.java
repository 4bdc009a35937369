package dev.assay.tensor.suite;

import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Graph;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A graph with its data, being made for one backend. Making the same case for two backends gives
 * the same graph, inputs and variables. Inputs have other elements in each replay.
 */
public final class Case {
  private final Backend backend;
  private final RandomStream data;
  private final Map<String, Function<RandomStream, double[]>> inputs = new LinkedHashMap<>();
  private final List<Variable> variables = new ArrayList<>();
  private final Graph.Builder graph = Graph.builder();
  private int constants;
  private int outputs;

  private Case(Backend backend, long seed) {
    this.backend = backend;
    this.data = RandomStream.root(seed);
  }

  static Case build(Backend backend, long seed, Consumer<Case> how) {
    Case made = new Case(backend, seed);
    how.accept(made);
    return made;
  }

  // ---- leaves ----

  /** An input of standard normals. */
  public Tensor normal(int... dims) {
    return input(DType.F32, dims, RandomStream::nextGaussian);
  }

  /** An input of uniforms between two numbers. */
  public Tensor uniform(double low, double high, int... dims) {
    return input(DType.F32, dims, stream -> low + (high - low) * stream.nextDouble());
  }

  /** An input of integers low … high, as floats. */
  public Tensor integers(int low, int high, int... dims) {
    return input(DType.F32, dims, stream -> low + stream.nextInt(high - low + 1));
  }

  /** An I32 input of integers low … high. */
  public Tensor indices(int low, int high, int... dims) {
    return input(DType.I32, dims, stream -> low + stream.nextInt(high - low + 1));
  }

  /** An I32 input: the first {@code count} of a random order of 0 … n−1. */
  public Tensor distinct(int n, int count) {
    String name = name();
    inputs.put(
        name,
        stream -> Arrays.stream(stream.permutation(n)).limit(count).asDoubleStream().toArray());
    return Tensor.input(name, DType.I32, Shape.of(count));
  }

  /** An input of these elements in every replay. */
  public Tensor values(DType dtype, double[] values, int... dims) {
    String name = name();
    inputs.put(name, _ -> values);
    return Tensor.input(name, dtype, Shape.of(dims));
  }

  /** Literal standard normals. */
  public Tensor constant(int... dims) {
    RandomStream stream = data.child("constant").child(constants++);
    Shape shape = Shape.of(dims);
    return Tensor.constant(normals(stream, shape.size()), shape);
  }

  /** A variable that begins with standard normals. */
  public Variable variable(int... dims) {
    Variable v = backend.variable("v" + variables.size(), DType.F32, Shape.of(dims));
    v.write(normals(data.child(v.name()), v.shape().size()));
    variables.add(v);
    return v;
  }

  /** An I32 variable that begins with these elements. */
  public Variable variable(int[] values, int... dims) {
    Variable v = backend.variable("v" + variables.size(), DType.I32, Shape.of(dims));
    v.write(values);
    variables.add(v);
    return v;
  }

  // ---- results ----

  /** Makes outputs of the tensors: y0, y1, … */
  public void out(Tensor... tensors) {
    out(List.of(tensors));
  }

  /** Makes outputs of the tensors: y0, y1, … */
  public void out(List<Tensor> tensors) {
    tensors.forEach(t -> graph.output("y" + outputs++, t));
  }

  public void assign(Variable variable, Tensor value) {
    graph.assign(variable, value);
  }

  Graph graph() {
    return graph.build();
  }

  List<Variable> variables() {
    return variables;
  }

  /** Elements of an input in a replay; each a float or an int. */
  double[] elements(String input, int replay) {
    return inputs.get(input).apply(data.child(input).child(replay));
  }

  private Tensor input(DType dtype, int[] dims, Function<RandomStream, Number> draw) {
    String name = name();
    Shape shape = Shape.of(dims);
    inputs.put(
        name,
        stream -> {
          double[] values = new double[shape.size()];
          Arrays.setAll(values, _ -> draw.apply(stream).floatValue());
          return values;
        });
    return Tensor.input(name, dtype, shape);
  }

  private String name() {
    return "x" + inputs.size();
  }

  private static float[] normals(RandomStream stream, int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) stream.nextGaussian();
    }
    return values;
  }
}
