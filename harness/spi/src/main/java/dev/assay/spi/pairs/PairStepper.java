package dev.assay.spi.pairs;

import dev.assay.nn.decoding.TokenStepper;
import dev.assay.spi.text.TextSampler;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** The network one token at a time; a row reads its source when it begins. */
final class PairStepper implements TokenStepper, AutoCloseable {
  private static final int ROWS = TextSampler.ROWS;
  private static final int NONE = -1;
  private static final String SOURCE = "source";
  private static final String LENGTHS = "lengths";
  private static final String ROW = "row";
  private static final String TOKENS = "tokens";
  private static final String POSITIONS = "positions";
  private static final String LOGITS = "logits";
  private static final String SOURCES = "sources";

  private final Program begin;
  private final Program step;
  private final Program copy;
  private final int length;
  private final int context;
  private final int choices;
  private List<int[]> sources = List.of();

  /**
   * @param length most tokens of a source
   * @param context most tokens of a target
   */
  PairStepper(Backend backend, PairNetwork network, int length, int context) {
    this.length = length;
    this.context = context;
    choices = network.choices();
    PairNetwork.Decoding decoding = network.decoding(backend, ROWS, length, context);
    Shape one = Shape.of(1);
    Shape rows = Shape.of(ROWS);
    begin =
        backend.compile(
            Graph.builder()
                .assign(
                    decoding.begin(
                        Tensor.input(SOURCE, DType.I32, Shape.of(1, length)),
                        Tensor.input(LENGTHS, DType.I32, one),
                        Tensor.input(ROW, DType.I32, one)))
                .build());
    PairNetwork.Step next =
        decoding.step(
            Tensor.input(TOKENS, DType.I32, rows), Tensor.input(POSITIONS, DType.I32, rows));
    step =
        backend.compile(
            Graph.builder().output(LOGITS, next.logits()).assign(next.assigns()).build());
    copy =
        backend.compile(
            Graph.builder().assign(decoding.copy(Tensor.input(SOURCES, DType.I32, rows))).build());
  }

  /** What the wanted sequences are to be completed from, in order. */
  PairStepper over(List<int[]> all) {
    sources = all;
    return this;
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
  public void begin(int row, int sequence) {
    int[] source = Arrays.copyOf(sources.get(sequence), length);
    int size = sources.get(sequence).length;
    Arrays.fill(source, size, length, NONE);
    begin.set(SOURCE, source);
    begin.set(LENGTHS, new int[] {size});
    begin.set(ROW, new int[] {row});
    begin.run();
  }

  @Override
  public void step(int[] tokens, int[] positions, float[] logits) {
    step.set(TOKENS, tokens);
    step.set(POSITIONS, positions);
    step.run();
    step.get(LOGITS, logits);
  }

  @Override
  public void copy(int[] from) {
    copy.set(SOURCES, from);
    copy.run();
  }

  @Override
  public void close() {
    begin.close();
    step.close();
    copy.close();
  }
}
