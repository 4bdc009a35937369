package dev.assay.bench.steps;

import dev.assay.bench.steps.GptNetwork.Size;
import dev.assay.nn.KvCache;
import dev.assay.nn.Parameter;
import dev.assay.nn.ParameterStore;
import dev.assay.nn.Rounding;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Draws;
import dev.assay.tensor.Flops;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import dev.assay.tensor.plan.Planner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Draws a context full of tokens for each row, one replay per token. */
final class GptDecoding implements Workload {
  private final Program program;
  private final Variable tokens;
  private final RandomStream random;
  private final int context;
  private final int[] places;
  private final Cost cost;
  private long replays;

  GptDecoding(Backend backend, RandomStream random, Size size, int batch) {
    this(backend, random, size, batch, new ParameterStore(backend, random.child("weights")));
  }

  /** Of a network whose matrices were rounded to int8. */
  static GptDecoding rounded(Backend backend, RandomStream random, Size size, int batch) {
    ParameterStore store = new ParameterStore(backend, random.child("weights"));
    GptDecoding decoding = new GptDecoding(backend, random, size, batch, store);
    for (Parameter parameter : store.parameters()) {
      if (parameter.shape().rank() == 2) {
        float[] values = new float[parameter.shape().size()];
        parameter.variable().read(values);
        Rounding.apply(values, parameter.shape().dim(1), false, Byte.SIZE);
        parameter.variable().write(values);
      }
    }
    return decoding;
  }

  private GptDecoding(
      Backend backend, RandomStream random, Size size, int batch, ParameterStore store) {
    this.random = random.child("steps");
    context = size.context();
    places = new int[batch];
    tokens = backend.variable("tokens", DType.I32, Shape.of(batch));
    Graph graph = graph(backend, new GptNetwork(store, size), batch);
    program = backend.compile(graph);
    cost =
        new Cost(
            context * Flops.of(graph),
            context * Planner.plan(graph).bytesMoved(),
            store.count(),
            (long) context * batch);
  }

  private Graph graph(Backend backend, GptNetwork network, int batch) {
    Size size = network.size();
    List<KvCache> caches = new ArrayList<>();
    for (int i = 0; i < size.layers(); i++) {
      int depth = size.width() / size.heads();
      caches.add(KvCache.create(backend, "cache." + i, batch, size.heads(), context, depth));
    }
    Map<Variable, Tensor> assigns = new LinkedHashMap<>();
    Tensor at = Tensor.input("places", DType.I32, Shape.of(batch));
    Tensor logits = network.step(tokens.tensor(), at, caches, assigns);
    // The largest of logits with Gumbel noise is a draw from their softmax. Maddison et al. 2014.
    Tensor noise = Draws.root().child("token").uniform(logits.shape()).log().neg().log().neg();
    assigns.put(tokens, logits.add(noise).argMax());
    return Graph.builder().assign(assigns).build();
  }

  @Override
  public void step() {
    tokens.write(new int[places.length]);
    for (int place = 0; place < context; place++) {
      Arrays.fill(places, place);
      program.set("places", places);
      program.seed(random.child(replays++));
      program.run();
    }
  }

  @Override
  public double loss() {
    return Double.NaN;
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
