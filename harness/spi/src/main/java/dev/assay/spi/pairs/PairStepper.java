package dev.assay.spi.pairs;

import dev.assay.nn.decoding.ProgramStepper;
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
final class PairStepper extends ProgramStepper {
  private static final int ROWS = TextSampler.ROWS;
  private static final int NONE = -1;
  private static final String SOURCE = "source";
  private static final String LENGTHS = "lengths";
  private static final String ROW = "row";

  private final Program begin;
  private final int length;
  private List<int[]> sources = List.of();

  /**
   * @param length most tokens of a source
   * @param context most tokens of a target
   */
  PairStepper(Backend backend, PairNetwork network, int length, int context) {
    this(
        backend,
        network.decoding(backend, ROWS, length, context),
        length,
        context,
        network.choices());
  }

  private PairStepper(
      Backend backend, PairNetwork.Decoding decoding, int length, int context, int choices) {
    super(backend, decoding, ROWS, context, choices);
    this.length = length;
    Shape one = Shape.of(1);
    begin =
        backend.compile(
            Graph.builder()
                .assign(
                    decoding.begin(
                        Tensor.input(SOURCE, DType.I32, Shape.of(1, length)),
                        Tensor.input(LENGTHS, DType.I32, one),
                        Tensor.input(ROW, DType.I32, one)))
                .build());
  }

  /** What the wanted sequences are to be completed from, in order. */
  PairStepper over(List<int[]> all) {
    sources = all;
    return this;
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
  public void close() {
    begin.close();
    super.close();
  }
}
