package dev.assay.nn;

import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import dev.assay.tensor.reference.ReferenceBackend;

/** Evaluates expressions on the reference backend. */
final class Run implements AutoCloseable {
  final Backend backend = new ReferenceBackend();
  final ParameterStore store = new ParameterStore(backend, RandomStream.root(7));

  /** The elements of y. */
  float[] value(Tensor y) {
    try (Program program = backend.compile(Graph.builder().output("y", y).build())) {
      program.seed(RandomStream.root(11));
      program.run();
      float[] values = new float[y.shape().size()];
      program.get("y", values);
      return values;
    }
  }

  static float[] read(Variable variable) {
    float[] values = new float[variable.shape().size()];
    variable.read(values);
    return values;
  }

  /** Standard normal literals. */
  static Tensor normal(String name, int... dims) {
    Shape shape = Shape.of(dims);
    RandomStream random = RandomStream.root(3).child(name);
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.constant(values, shape);
  }

  static Tensor ints(int... values) {
    return Tensor.constant(values, Shape.of(values.length));
  }

  static Tensor input(String name, int... dims) {
    return Tensor.input(name, DType.F32, Shape.of(dims));
  }

  @Override
  public void close() {
    backend.close();
  }
}
