package dev.assay.spi.pairs;

import dev.assay.spi.pairs.PairCoding.Pair;
import dev.assay.tensor.DType;
import dev.assay.tensor.Program;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import java.util.Arrays;

/** Pairs as rows of a program, filled up with padding. */
final class PairRows {
  private static final int NONE = -1;
  private static final String SOURCE = "source";
  private static final String LENGTHS = "lengths";
  private static final String TOKENS = "tokens";
  private static final String TARGETS = "targets";

  private final Size size;
  private final int[] sources;
  private final int[] lengths;
  private final int[] tokens;
  private final int[] targets;
  private int predicted;

  /**
   * How long rows are: for pairs of any length, one of few numbers, so that few programs serve.
   *
   * @param length tokens of a source
   * @param time tokens of a target to predict
   */
  record Size(int length, int time) {
    static Size of(Pair pair) {
      return new Size(rounded(pair.source().length), rounded(pair.target().length - 1));
    }

    Size max(Size other) {
      return new Size(Math.max(length, other.length), Math.max(time, other.time));
    }

    private static int rounded(int count) {
      int step = count <= 32 ? 8 : count <= 128 ? 16 : 64;
      return Math.max(1, (count + step - 1) / step) * step;
    }
  }

  /** Inputs of a program. */
  record Inputs(Tensor source, Tensor lengths, Tensor tokens, Tensor targets) {
    static Inputs of(Size size, int rows) {
      return new Inputs(
          Tensor.input(SOURCE, DType.I32, Shape.of(rows, size.length())),
          Tensor.input(LENGTHS, DType.I32, Shape.of(rows)),
          Tensor.input(TOKENS, DType.I32, Shape.of(rows, size.time())),
          Tensor.input(TARGETS, DType.I32, Shape.of(rows, size.time())));
    }
  }

  PairRows(Size size, int rows) {
    this.size = size;
    sources = new int[rows * size.length()];
    lengths = new int[rows];
    tokens = new int[rows * size.time()];
    targets = new int[tokens.length];
    clear();
  }

  void clear() {
    predicted = 0;
    Arrays.fill(sources, NONE);
    Arrays.fill(lengths, 1);
    Arrays.fill(tokens, NONE);
    Arrays.fill(targets, NONE);
  }

  void put(int row, Pair pair) {
    int[] target = pair.target();
    System.arraycopy(pair.source(), 0, sources, row * size.length(), pair.source().length);
    lengths[row] = pair.source().length;
    System.arraycopy(target, 0, tokens, row * size.time(), target.length - 1);
    System.arraycopy(target, 1, targets, row * size.time(), target.length - 1);
    predicted += target.length - 1;
  }

  /** Tokens to be predicted in all rows. */
  int predicted() {
    return predicted;
  }

  void load(Program program) {
    program.set(SOURCE, sources);
    program.set(LENGTHS, lengths);
    program.set(TOKENS, tokens);
    program.set(TARGETS, targets);
  }
}
