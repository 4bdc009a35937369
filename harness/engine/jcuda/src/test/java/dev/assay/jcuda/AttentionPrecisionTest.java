package dev.assay.jcuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jcuda.emulator.EmulatedDriver;
import dev.assay.jcuda.lower.Precision;
import dev.assay.tensor.DType;
import dev.assay.tensor.Gradients;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Attention on tensor cores is that of fp32, but for the rounding of factors. */
final class AttentionPrecisionTest {
  /** Heads, groups, queries, keys, width. */
  private record Case(
      int heads, int groups, int queries, int keys, int width, boolean causal, boolean lengths) {}

  private static float[] normals(String name, int size) {
    RandomStream stream = RandomStream.root(3).child(name);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) stream.nextGaussian();
    }
    return values;
  }

  /** The output and the adjoints of queries, keys and values under random weights. */
  private static Map<String, float[]> run(Case c, Precision precision) {
    int batch = 2;
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    Shape ofQueries = Shape.of(batch, c.heads, c.queries, c.width);
    Shape ofKeys = Shape.of(batch, c.groups, c.keys, c.width);
    Map<String, Shape> shapes =
        Map.of("q", ofQueries, "k", ofKeys, "v", ofKeys, "weights", ofQueries);
    shapes.forEach((name, shape) -> inputs.put(name, Tensor.input(name, DType.F32, shape)));
    Tensor q = inputs.get("q");
    Tensor k = inputs.get("k");
    Tensor v = inputs.get("v");
    @Nullable Tensor lengths =
        c.lengths ? Tensor.input("lengths", DType.I32, Shape.of(batch)) : null;
    float scale = (float) (1 / Math.sqrt(c.width));
    Tensor y = Tensors.attention(q, k, v, lengths, scale, c.causal);
    Tensor loss = y.mul(inputs.get("weights")).sum();
    Graph.Builder graph = Graph.builder().output("y", y);
    for (String name : List.of("q", "k", "v")) {
      graph.output("d" + name, Gradients.of(loss, inputs.get(name)));
    }
    Map<String, float[]> results = new LinkedHashMap<>();
    try (JcudaBackend backend = new JcudaBackend(new EmulatedDriver(80, 1 << 28), precision);
        Program program = backend.compile(graph.build())) {
      inputs.forEach((name, t) -> program.set(name, normals(name, t.shape().size())));
      if (lengths != null) {
        program.set("lengths", new int[] {c.keys, c.keys / 3});
      }
      program.run();
      for (String name : List.of("y", "dq", "dk", "dv")) {
        boolean likeQueries = name.equals("y") || name.equals("dq");
        float[] values = new float[(likeQueries ? ofQueries : ofKeys).size()];
        program.get(name, values);
        results.put(name, values);
      }
    }
    return results;
  }

  @ParameterizedTest
  @CsvSource({"TF32, 2e-5, 1e-3", "BF16, 1e-3, 1e-2"})
  void outputsAndAdjointsAreThoseOfFp32(Precision precision, double least, double most) {
    for (Case c :
        List.of(
            new Case(2, 1, 70, 70, 20, true, false),
            new Case(1, 1, 33, 90, 64, false, true),
            new Case(2, 2, 16, 40, 100, true, true))) {
      Map<String, float[]> exact = run(c, Precision.FP32);
      run(c, precision)
          .forEach((name, values) ->
              assertThat(distance(values, exact.get(name)))
                  .as("%s of %s", name, c)
                  .isBetween(least, most));
    }
  }

  /** ‖x − y‖ / ‖y‖. */
  private static double distance(float[] x, float[] y) {
    double error = 0;
    double size = 0;
    for (int i = 0; i < x.length; i++) {
      error += Math.pow((double) x[i] - y[i], 2);
      size += Math.pow(y[i], 2);
    }
    return Math.sqrt(error / size);
  }
}
