package dev.assay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Gradients;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Op;
import dev.assay.tensor.Program;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Compares derivatives with central differences, on any backend. The function must be smooth near
 * the point: no kink of a ReLU within the step.
 */
public final class GradientCheck {
  private static final float STEP = 1e-2f;

  private final Backend backend;
  private final double tolerance;

  private GradientCheck(Backend backend, double tolerance) {
    this.backend = backend;
    this.tolerance = tolerance;
  }

  /** To 1 % of the largest difference quotient: what float32 values of a loss near 1 can tell. */
  public static GradientCheck on(Backend backend) {
    return new GradientCheck(backend, 0.01);
  }

  /**
   * @param tolerance largest allowed deviation, relative to the largest difference quotient
   */
  public GradientCheck tolerance(double tolerance) {
    return new GradientCheck(backend, tolerance);
  }

  /** Where to differentiate: one argument of the function. */
  public record Point(Shape shape, float[] values) {}

  /**
   * Checks d f / d x of every element of every argument.
   *
   * @param f of arguments with the shapes of the points, to a tensor of one element
   */
  public void first(Function<List<Tensor>, Tensor> f, Point... at) {
    List<Tensor> x = inputs(at);
    Tensor value = f.apply(x).reshape(Shape.SCALAR);
    Graph.Builder graph = Graph.builder().output("value", value);
    List<Tensor> gradients = Gradients.of(value, x);
    for (int i = 0; i < at.length; i++) {
      graph.output(name(i), gradients.get(i));
    }
    try (Program program = backend.compile(graph.build())) {
      List<Slot> slots = new ArrayList<>();
      for (int i = 0; i < at.length; i++) {
        String name = name(i);
        slots.add(new Slot(name, at[i].values().clone(), values -> program.set(name, values)));
      }
      compare(program, slots);
    }
  }

  /**
   * Checks d loss / d v of every element of every variable, at the values they hold; they are left
   * as they were.
   *
   * @param loss a tensor of one element
   * @param inputs sets the inputs and random key of the program, if it has any
   */
  public void variables(Tensor loss, List<Variable> variables, Consumer<Program> inputs) {
    Graph.Builder graph = Graph.builder().output("value", loss.reshape(Shape.SCALAR));
    List<Slot> slots = new ArrayList<>();
    for (Variable variable : variables) {
      float[] values = new float[variable.shape().size()];
      variable.read(values);
      slots.add(new Slot(variable.name(), values, variable::write));
      graph.output(variable.name(), gradient(loss, variable));
    }
    try (Program program = backend.compile(graph.build())) {
      inputs.accept(program);
      compare(program, slots);
    }
  }

  /** Checks the derivatives of Σ (d f / d x)² over all arguments: a gradient-norm penalty. */
  public void second(Function<List<Tensor>, Tensor> f, Point... at) {
    first(
        x ->
            Gradients.of(f.apply(x).reshape(Shape.SCALAR), x).stream()
                .map(g -> g.square().sum())
                .reduce(Tensor.scalar(0), Tensor::add),
        at);
  }

  /** Sums over all reads of the variable: each is a leaf of its own. */
  private static Tensor gradient(Tensor loss, Variable variable) {
    List<Tensor> reads =
        Graph.order(List.of(loss)).stream()
            .filter(t -> t.op() instanceof Op.State(Variable read) && read.equals(variable))
            .toList();
    return Gradients.of(loss, reads).stream().reduce(Tensor.fill(0, variable.shape()), Tensor::add);
  }

  /** A place in a program whose elements can be moved, and whose derivative has its name. */
  private record Slot(String name, float[] values, Consumer<float[]> setter) {}

  private void compare(Program program, List<Slot> slots) {
    slots.forEach(slot -> slot.setter.accept(slot.values));
    program.run();
    List<float[]> derivatives = new ArrayList<>();
    for (Slot slot : slots) {
      float[] derivative = new float[slot.values.length];
      program.get(slot.name, derivative);
      derivatives.add(derivative);
    }
    for (int i = 0; i < slots.size(); i++) {
      compare(slots.get(i).name, derivatives.get(i), differences(program, slots.get(i)));
    }
  }

  private void compare(String name, float[] derivative, double[] difference) {
    double largest = 1e-3;
    for (double d : difference) {
      largest = Math.max(largest, Math.abs(d));
    }
    for (int j = 0; j < difference.length; j++) {
      assertThat((double) derivative[j])
          .as("derivative in element %d of %s, against the central difference", j, name)
          .isCloseTo(difference[j], within(tolerance * largest));
    }
  }

  /** (f(x + h) − f(x − h)) / 2h for each element. */
  private static double[] differences(Program program, Slot slot) {
    double[] differences = new double[slot.values.length];
    float[] moved = slot.values.clone();
    for (int j = 0; j < moved.length; j++) {
      float centre = slot.values[j];
      float step = STEP * Math.max(1, Math.abs(centre));
      float above = centre + step;
      float below = centre - step;
      moved[j] = above;
      double difference = value(program, slot, moved);
      moved[j] = below;
      difference -= value(program, slot, moved);
      differences[j] = difference / ((double) above - below);
      moved[j] = centre;
    }
    slot.setter.accept(slot.values);
    return differences;
  }

  private static double value(Program program, Slot slot, float[] values) {
    slot.setter.accept(values);
    program.run();
    return program.scalar("value");
  }

  private static List<Tensor> inputs(Point[] at) {
    List<Tensor> inputs = new ArrayList<>();
    for (int i = 0; i < at.length; i++) {
      inputs.add(Tensor.input(name(i), DType.F32, at[i].shape()));
    }
    return inputs;
  }

  private static String name(int i) {
    return "argument " + i;
  }
}
