package dev.assay.plugins.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.nn.Activation;
import dev.assay.nn.Initializer;
import dev.assay.nn.ParameterStore;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.testkit.Backends;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MadeTest {
  private static final int PER_COLUMN = 3;

  @ParameterizedTest
  @CsvSource({"5, false", "5, true", "2, false", "2, true", "1, false"})
  void anOutputMovesWithEveryColumnBeforeItsOwnAndWithNoOther(int columns, boolean reversed) {
    boolean[][] moves = moves(columns, reversed);
    for (int from = 0; from < columns; from++) {
      for (int to = 0; to < columns; to++) {
        assertThat(moves[from][to])
            .as("column %d moves the output for column %d", from, to)
            .isEqualTo(reversed ? from > to : from < to);
      }
    }
  }

  @Test
  void everyOutputMovesWithTheLabel() {
    try (Backend backend = Backends.open(1)) {
      ParameterStore store = store(backend);
      Made made = made(store, new Domain(Shape.of(3), 2), false);
      Tensor x = Tensor.fill(0.5f, Shape.of(2, 3));
      Tensor y = made.apply(x, Condition.input(2, 2));
      try (Program program = compile(backend, store, y)) {
        program.set(Condition.INPUT, new int[] {0, 1});
        float[] out = run(program, 2 * 3 * PER_COLUMN);
        for (int i = 0; i < 3 * PER_COLUMN; i++) {
          assertThat(out[i]).as("output %d", i).isNotEqualTo(out[3 * PER_COLUMN + i]);
        }
      }
    }
  }

  /** Whether a change of column i alters any output for column j. */
  private static boolean[][] moves(int columns, boolean reversed) {
    boolean[][] moves = new boolean[columns][columns];
    try (Backend backend = Backends.open(1)) {
      ParameterStore store = store(backend);
      Made made = made(store, new Domain(Shape.of(columns), 0), reversed);
      Shape shape = Shape.of(columns + 1, columns);
      Tensor y = made.apply(Tensor.input("x", DType.F32, shape), Condition.none());
      try (Program program = compile(backend, store, y)) {
        // Row i has column i moved; the last row has none.
        float[] x = new float[shape.size()];
        for (int i = 0; i < columns; i++) {
          x[i * columns + i] = 0.7f;
        }
        program.set("x", x);
        int width = columns * PER_COLUMN;
        float[] out = run(program, (columns + 1) * width);
        for (int i = 0; i < columns; i++) {
          for (int k = 0; k < width; k++) {
            moves[i][k / PER_COLUMN] |= out[i * width + k] != out[columns * width + k];
          }
        }
      }
    }
    return moves;
  }

  private static ParameterStore store(Backend backend) {
    return new ParameterStore(backend, RandomStream.root(1));
  }

  private static Made made(ParameterStore store, Domain domain, boolean reversed) {
    return Made.create(store, domain, List.of(16, 16), Activation.TANH, PER_COLUMN, reversed);
  }

  /** With no weight at zero. */
  private static Program compile(Backend backend, ParameterStore store, Tensor y) {
    store
        .parameters()
        .forEach(parameter -> {
          float[] values = new float[parameter.shape().size()];
          Initializer.normal(0.5)
              .fill(
                  values,
                  Initializer.Fan.of(parameter.shape()),
                  RandomStream.root(2).child(parameter.name()));
          parameter.variable().write(values);
        });
    return backend.compile(Graph.builder().output("y", y).build());
  }

  private static float[] run(Program program, int size) {
    program.run();
    float[] out = new float[size];
    program.get("y", out);
    return out;
  }
}
