package dev.assay.bench.steps;

import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Flops;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;
import dev.assay.tensor.Variable;
import dev.assay.tensor.plan.Planner;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Single operations on operands that stay in place, timed as steps are. */
final class Kernels {
  private static final Shape FOUR_MILLION = Shape.of(1 << 22);
  private static final Shape SOFTMAX = Shape.of(4096, 512);
  private static final Shape NORM = Shape.of(4096, 384);

  private Kernels() {}

  static List<Step> all() {
    return Stream.concat(
            Stream.of(256, 512, 1024, 2048).map(Kernels::product),
            Stream.of(
                kernel(
                    "softmax-4096x512",
                    "softmax of 4096 rows of 512",
                    List.of(SOFTMAX),
                    x -> Tensors.softmax(x.get(0), -1)),
                kernel(
                    "layer-norm-4096x384",
                    "layer norm with gain and bias of 4096 rows of 384",
                    List.of(NORM, Shape.of(384), Shape.of(384)),
                    x -> Tensors.layerNorm(x.get(0), x.get(1), x.get(2), 1e-5f)),
                kernel(
                    "gelu-4m",
                    "exact GELU of 4 million numbers",
                    List.of(FOUR_MILLION),
                    x -> Tensors.gelu(x.get(0))),
                kernel(
                    "exp-4m",
                    "exponential of 4 million numbers",
                    List.of(FOUR_MILLION),
                    x -> x.get(0).exp()),
                kernel(
                    "chain-4m",
                    "relu(2 x + y + 1) of 4 million numbers",
                    List.of(FOUR_MILLION, FOUR_MILLION),
                    x -> Tensors.relu(x.get(0).mul(2).add(x.get(1)).add(1)))))
        .toList();
  }

  private static Step product(int n) {
    return kernel(
        "sgemm-" + n,
        "product of two " + n + "×" + n + " matrices",
        List.of(Shape.of(n, n), Shape.of(n, n)),
        x -> x.get(0).matmul(x.get(1)));
  }

  private static Step kernel(
      String id, String description, List<Shape> shapes, Function<List<Tensor>, Tensor> result) {
    return new Step(
        id,
        "numbers",
        description,
        (backend, random) -> new Kernel(backend, random, shapes, result));
  }

  /** Operands and result are variables, so that a replay copies nothing in or out. */
  private static final class Kernel implements Workload {
    private final Program program;
    private final Cost cost;

    Kernel(
        Backend backend,
        RandomStream random,
        List<Shape> shapes,
        Function<List<Tensor>, Tensor> function) {
      List<Tensor> operands = new ArrayList<>();
      for (Shape shape : shapes) {
        Variable operand = backend.variable("operand" + operands.size(), DType.F32, shape);
        float[] values = new float[shape.size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = 4 * random.nextFloat() - 2;
        }
        operand.write(values);
        operands.add(operand.tensor());
      }
      Tensor value = function.apply(operands);
      Variable result = backend.variable("result", DType.F32, value.shape());
      Graph graph = Graph.builder().assign(result, value).build();
      program = backend.compile(graph);
      long bytes = Planner.plan(graph).bytesMoved();
      cost = new Cost(Flops.of(graph), bytes, 0, value.shape().size());
    }

    @Override
    public void step() {
      program.run();
    }

    @Override
    public double loss() {
      return Double.NaN;
    }

    @Override
    public void await() {
      program.await();
    }

    @Override
    public Cost cost() {
      return cost;
    }

    @Override
    public void close() {
      program.close();
    }
  }
}
