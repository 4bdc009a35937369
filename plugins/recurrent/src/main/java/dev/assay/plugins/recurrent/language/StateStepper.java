package dev.assay.plugins.recurrent.language;

import dev.assay.nn.Dropout;
import dev.assay.nn.decoding.TokenStepper;
import dev.assay.plugins.recurrent.cell.Stack;
import dev.assay.spi.text.TextSampler;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;

/** The network one token at a time; the states stand for all tokens before. */
final class StateStepper implements TokenStepper, AutoCloseable {
  private static final int ROWS = TextSampler.ROWS;
  private static final String TOKENS = "tokens";
  private static final String POSITIONS = "positions";
  private static final String LOGITS = "logits";
  private static final String SOURCES = "sources";

  private final Program program;
  private final Program rows;
  private final int choices;

  StateStepper(Backend backend, LanguageNetwork network) {
    choices = network.choices();
    Stack.Kept kept = network.stack().scratch(backend, "stepper", ROWS);
    Shape shape = Shape.of(ROWS);
    Tensor positions = Tensor.input(POSITIONS, DType.I32, shape).toFloat().reshape(ROWS, 1);
    Tensor begun = Tensor.fill(0, positions.shape()).less(positions);
    Tensor ids = Tensor.input(TOKENS, DType.I32, shape).reshape(1, ROWS);
    LanguageNetwork.Predicted next = network.predict(ids, kept.read().times(begun), Dropout.none());
    program =
        backend.compile(
            Graph.builder()
                .output(LOGITS, next.logits())
                .assign(kept.assign(next.states()))
                .build());
    Tensor sources = Tensor.input(SOURCES, DType.I32, shape);
    rows = backend.compile(Graph.builder().assign(kept.rows(sources)).build());
  }

  @Override
  public int rows() {
    return ROWS;
  }

  @Override
  public int context() {
    return Integer.MAX_VALUE;
  }

  @Override
  public int choices() {
    return choices;
  }

  @Override
  public void step(int[] tokens, int[] positions, float[] logits) {
    program.set(TOKENS, tokens);
    program.set(POSITIONS, positions);
    program.run();
    program.get(LOGITS, logits);
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
