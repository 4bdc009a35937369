package dev.assay.tensor;

import dev.assay.tensor.plan.Plan;
import dev.assay.tensor.plan.Planner;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Runs plans by interpretation, in the reference's arithmetic, and checks what a parallel backend
 * relies on. What differs from the reference is then the planner's doing.
 */
final class PlanBackend implements Backend {
  @Override
  public String id() {
    return "plan";
  }

  @Override
  public Map<String, String> facts() {
    return Map.of();
  }

  @Override
  public Variable variable(String name, DType dtype, Shape shape) {
    return new Stored(name, dtype, shape, new double[shape.size()]);
  }

  @Override
  public Program compile(Graph graph) {
    return new Interpreted(graph);
  }

  @Override
  public void close() {}

  /** A variable; its array is written in place. */
  record Stored(String name, DType dtype, Shape shape, double[] values) implements Variable {
    @Override
    public void read(float[] into) {
      Ports.check(this, DType.F32, into.length);
      for (int i = 0; i < into.length; i++) {
        into[i] = (float) values[i];
      }
    }

    @Override
    public void read(int[] into) {
      Ports.check(this, DType.I32, into.length);
      Arrays.setAll(into, i -> (int) values[i]);
    }

    @Override
    public void write(float[] from) {
      Ports.check(this, DType.F32, from.length);
      Arrays.setAll(values, i -> from[i]);
    }

    @Override
    public void write(int[] from) {
      Ports.check(this, DType.I32, from.length);
      Arrays.setAll(values, i -> from[i]);
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  private static final class Interpreted implements Program {
    private final Graph graph;
    private final Ports ports;
    private final Plan plan;
    private final PlanInterpreter interpreter;
    private final Map<String, double[]> results = new HashMap<>();

    Interpreted(Graph graph) {
      this.graph = graph;
      ports = new Ports(graph);
      // those of an odd number of elements show plans as they are without
      plan = Planner.plan(graph, product -> product.out().size() % 2 == 0);
      interpreter = new PlanInterpreter(plan);
      new PlanHazards(interpreter).check(plan);
    }

    @Override
    public void set(String input, float[] values) {
      ports.input(input, DType.F32, values.length);
      double[] wide = new double[values.length];
      Arrays.setAll(wide, i -> values[i]);
      interpreter.set(input, wide);
    }

    @Override
    public void set(String input, int[] values) {
      ports.input(input, DType.I32, values.length);
      interpreter.set(input, Arrays.stream(values).asDoubleStream().toArray());
    }

    @Override
    public void seed(RandomStream stream) {
      if (ports.inputs().containsKey(Draws.INPUT)) {
        Program.super.seed(stream);
      }
    }

    @Override
    public void run() {
      interpreter.run();
      plan.outputs().forEach((name, view) -> results.put(name, interpreter.read(view)));
    }

    @Override
    public void get(String output, float[] into) {
      ports.output(output, DType.F32, into.length);
      double[] values = results.get(output);
      for (int i = 0; i < into.length; i++) {
        into[i] = (float) values[i];
      }
    }

    @Override
    public void get(String output, int[] into) {
      ports.output(output, DType.I32, into.length);
      Arrays.setAll(into, i -> (int) results.get(output)[i]);
    }

    @Override
    public float scalar(String output) {
      ports.output(output, DType.F32, 1);
      return (float) results.get(output)[0];
    }

    @Override
    public long flops() {
      return Flops.of(graph);
    }

    @Override
    public String explain() {
      return plan.explain();
    }

    @Override
    public void close() {}
  }
}
