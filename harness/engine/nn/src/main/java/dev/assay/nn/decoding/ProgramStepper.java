package dev.assay.nn.decoding;

import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;

/** A {@link SteppedNetwork}, compiled: one program feeds tokens to rows, another one moves rows. */
public abstract class ProgramStepper implements TokenStepper, AutoCloseable {
  private static final String TOKENS = "tokens";
  private static final String POSITIONS = "positions";
  private static final String LOGITS = "logits";
  private static final String SOURCES = "sources";

  private final Program step;
  private final Program copy;
  private final int rows;
  private final int context;
  private final int choices;

  /**
   * @param context {@link Integer#MAX_VALUE} where nothing limits it
   */
  protected ProgramStepper(
      Backend backend, SteppedNetwork network, int rows, int context, int choices) {
    this.rows = rows;
    this.context = context;
    this.choices = choices;
    Shape shape = Shape.of(rows);
    SteppedNetwork.Step next =
        network.step(
            Tensor.input(TOKENS, DType.I32, shape), Tensor.input(POSITIONS, DType.I32, shape));
    step =
        backend.compile(
            Graph.builder().output(LOGITS, next.logits()).assign(next.assigns()).build());
    copy =
        backend.compile(
            Graph.builder().assign(network.copy(Tensor.input(SOURCES, DType.I32, shape))).build());
  }

  @Override
  public final int rows() {
    return rows;
  }

  @Override
  public final int context() {
    return context;
  }

  @Override
  public final int choices() {
    return choices;
  }

  /** Sets a further input of the step, which keeps its value. */
  protected final void set(String input, int[] values) {
    step.set(input, values);
  }

  @Override
  public final void step(int[] tokens, int[] positions, float[] logits) {
    step.set(TOKENS, tokens);
    step.set(POSITIONS, positions);
    step.run();
    step.get(LOGITS, logits);
  }

  @Override
  public final void copy(int[] sources) {
    copy.set(SOURCES, sources);
    copy.run();
  }

  @Override
  public void close() {
    copy.close();
    step.close();
  }
}
