package dev.assay.plugins.transformer.gpt;

import dev.assay.nn.KvCache;
import dev.assay.nn.decoding.TokenStepper;
import dev.assay.spi.text.TextSampler;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import java.util.List;

/** The network one token at a time, with the keys and values of the tokens before in caches. */
final class CachedDecoder implements TokenStepper, AutoCloseable {
  static final int ROWS = TextSampler.ROWS;

  private static final String SOURCES = "sources";

  private final Program program;
  private final Program rows;
  private final int context;
  private final int choices;

  CachedDecoder(Backend backend, GptNetwork network) {
    context = network.context();
    choices = network.choices();
    List<KvCache> caches = network.caches(backend, ROWS);
    Shape shape = Shape.of(ROWS);
    GptNetwork.Step step =
        network.step(
            Tensor.input("tokens", DType.I32, shape),
            Tensor.input("positions", DType.I32, shape),
            caches);
    program =
        backend.compile(
            Graph.builder().output("logits", step.logits()).assign(step.assigns()).build());
    Graph.Builder moves = Graph.builder();
    Tensor sources = Tensor.input(SOURCES, DType.I32, shape);
    caches.forEach(cache -> moves.assign(cache.rows(sources)));
    rows = backend.compile(moves.build());
  }

  @Override
  public int rows() {
    return ROWS;
  }

  @Override
  public int context() {
    return context;
  }

  @Override
  public int choices() {
    return choices;
  }

  @Override
  public void step(int[] tokens, int[] positions, float[] logits) {
    program.set("tokens", tokens);
    program.set("positions", positions);
    program.run();
    program.get("logits", logits);
  }

  @Override
  public void copy(int[] sources) {
    rows.set(SOURCES, sources);
    rows.run();
  }

  @Override
  public void close() {
    rows.close();
    program.close();
  }
}
