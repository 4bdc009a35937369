package dev.assay.runner.execute;

import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.DeviceClock;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Variable;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A backend that counts the floating-point operations of all its programs. Used by one thread at a
 * time, as a model is.
 */
final class CountingBackend implements Backend {
  private final Backend inner;
  private double flops;

  CountingBackend(Backend inner) {
    this.inner = inner;
  }

  /** Operations so far, as {@link Program#flops} counts them. */
  double flops() {
    return flops;
  }

  /** See {@link DeviceClock}; empty where the device has none. */
  OptionalDouble deviceSeconds() {
    return inner instanceof DeviceClock clock
        ? OptionalDouble.of(clock.deviceSeconds())
        : OptionalDouble.empty();
  }

  @Override
  public String id() {
    return inner.id();
  }

  @Override
  public Map<String, String> facts() {
    return inner.facts();
  }

  @Override
  public Variable variable(String name, DType dtype, Shape shape) {
    return inner.variable(name, dtype, shape);
  }

  @Override
  public Program compile(Graph graph) {
    return new Counted(inner.compile(graph));
  }

  @Override
  public void close() {
    inner.close();
  }

  private final class Counted implements Program {
    private final Program program;
    private final long cost;

    Counted(Program program) {
      this.program = program;
      cost = program.flops();
    }

    @Override
    public void set(String input, float[] values) {
      program.set(input, values);
    }

    @Override
    public void set(String input, int[] values) {
      program.set(input, values);
    }

    @Override
    public void seed(RandomStream stream) {
      program.seed(stream);
    }

    @Override
    public void run() {
      program.run();
      flops += cost;
    }

    @Override
    public void await() {
      program.await();
    }

    @Override
    public void get(String output, float[] into) {
      program.get(output, into);
    }

    @Override
    public void get(String output, int[] into) {
      program.get(output, into);
    }

    @Override
    public float scalar(String output) {
      return program.scalar(output);
    }

    @Override
    public long flops() {
      return cost;
    }

    @Override
    public String explain() {
      return program.explain();
    }

    @Override
    public void close() {
      program.close();
    }
  }
}
