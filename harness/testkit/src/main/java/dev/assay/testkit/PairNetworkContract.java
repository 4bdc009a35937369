package dev.assay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.nn.Dropout;
import dev.assay.nn.Parameter;
import dev.assay.nn.ParameterStore;
import dev.assay.nn.decoding.SteppedNetwork;
import dev.assay.spi.pairs.PairNetwork;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every network from text to text promises, whatever its weights. */
public abstract class PairNetworkContract {
  private static final int SOURCES = 7;
  private static final int TARGETS = 6;
  private static final int LENGTH = 6;
  private static final int TIME = 5;

  private final Backend backend = Backends.open(1);
  private PairNetwork network;

  /**
   * A small network.
   *
   * @param sources tokens of sources
   * @param targets tokens of targets
   */
  protected abstract PairNetwork create(ParameterStore store, int sources, int targets);

  @BeforeEach
  final void draw() {
    ParameterStore store = new ParameterStore(backend, RandomStream.root(1));
    network = create(store, SOURCES, TARGETS);
    // Weights as they begin hardly tell tokens apart.
    for (Parameter parameter : store.parameters()) {
      RandomStream random = RandomStream.root(2).child(parameter.name());
      float[] values = new float[parameter.shape().size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (0.5 * random.nextGaussian());
      }
      parameter.variable().write(values);
    }
  }

  @AfterEach
  final void close() {
    backend.close();
  }

  private static int[] tokens(int seed, int count, int choices) {
    RandomStream random = RandomStream.root(seed);
    int[] tokens = new int[count];
    for (int i = 0; i < count; i++) {
      tokens[i] = random.nextInt(choices);
    }
    return tokens;
  }

  /** Logits after each token of one target, with the source filled up to a length. */
  private float[] logits(int[] source, int filled, int... target) {
    int[] padded = Arrays.copyOf(source, filled);
    Arrays.fill(padded, source.length, filled, -1);
    Tensor y =
        network.logits(
            Tensor.constant(padded, Shape.of(1, filled)),
            Tensor.constant(new int[] {source.length}, Shape.of(1)),
            Tensor.constant(target, Shape.of(1, target.length)),
            Dropout.none());
    try (Program program = backend.compile(Graph.builder().output("y", y).build())) {
      program.run();
      float[] values = new float[y.shape().size()];
      program.get("y", values);
      return values;
    }
  }

  @Test
  void noTargetTokenIsSeenByTheEncoderOrBeforeItsPlace() {
    int[] source = tokens(1, LENGTH, SOURCES);
    int[] target = tokens(2, TIME, TARGETS);
    float[] before = logits(source, LENGTH, target);
    for (int i = 0; i < TIME; i++) {
      int[] changed = target.clone();
      changed[i] = (changed[i] + 1) % TARGETS;
      float[] after = logits(source, LENGTH, changed);
      int seen = i * TARGETS;
      assertThat(Arrays.copyOf(after, seen)).containsExactly(Arrays.copyOf(before, seen));
      assertThat(Arrays.copyOfRange(after, seen, seen + TARGETS))
          .as("after token %d", i)
          .isNotEqualTo(Arrays.copyOfRange(before, seen, seen + TARGETS));
    }
  }

  @Test
  void everySourceTokenMatters() {
    int[] source = tokens(1, LENGTH, SOURCES);
    float[] before = logits(source, LENGTH, tokens(2, TIME, TARGETS));
    for (int i = 0; i < LENGTH; i++) {
      int[] changed = source.clone();
      changed[i] = (changed[i] + 1) % SOURCES;
      assertThat(logits(changed, LENGTH, tokens(2, TIME, TARGETS)))
          .as("source token %d", i)
          .isNotEqualTo(before);
    }
  }

  @Test
  void paddingOfTheSourceChangesNothing() {
    int[] source = tokens(3, 4, SOURCES);
    int[] target = tokens(4, TIME, TARGETS);
    float[] alone = logits(source, 4, target);
    for (int filled = 5; filled <= 9; filled++) {
      assertThat(logits(source, filled, target)).containsExactly(alone, within(1e-4f));
    }
  }

  @Test
  void oneTokenAtATimeGivesTheLogitsOfWholeTargetsWhereverRowsStand() {
    int rows = 4;
    PairNetwork.Decoding decoding = network.decoding(backend, rows, LENGTH, TIME);
    Shape one = Shape.of(1);
    Shape all = Shape.of(rows);
    SteppedNetwork.Step next =
        decoding.step(
            Tensor.input("tokens", DType.I32, all), Tensor.input("positions", DType.I32, all));
    Graph.Builder opening =
        Graph.builder()
            .assign(
                decoding.begin(
                    Tensor.input("source", DType.I32, Shape.of(1, LENGTH)),
                    Tensor.input("lengths", DType.I32, one),
                    Tensor.input("row", DType.I32, one)));
    Graph.Builder moving =
        Graph.builder().assign(decoding.copy(Tensor.input("sources", DType.I32, all)));
    try (Program begin = backend.compile(opening.build());
        Program copy = backend.compile(moving.build());
        Program step =
            backend.compile(
                Graph.builder().output("y", next.logits()).assign(next.assigns()).build())) {
      float[] y = new float[rows * TARGETS];
      int[] ids = new int[rows];
      int[] positions = new int[rows];
      int[] begun = new int[rows];
      // Row r takes up a new pair every r + 2 steps, with sources of 1 to 6 tokens.
      for (int t = 0; t < 12; t++) {
        for (int row = 0; row < rows; row++) {
          positions[row] = t % (row + 2);
          if (positions[row] == 0) {
            begun[row] = 10 * row + t;
            begin(begin, row, source(begun[row]));
          }
          ids[row] = tokens(begun[row], TIME, TARGETS)[positions[row]];
        }
        step.set("tokens", ids);
        step.set("positions", positions);
        step.run();
        step.get("y", y);
        for (int row = 0; row < rows; row++) {
          int[] target = Arrays.copyOf(tokens(begun[row], TIME, TARGETS), positions[row] + 1);
          float[] expected = logits(source(begun[row]), LENGTH, target);
          assertThat(Arrays.copyOfRange(y, row * TARGETS, (row + 1) * TARGETS))
              .as("step %d, row %d", t, row)
              .containsExactly(
                  Arrays.copyOfRange(expected, positions[row] * TARGETS, expected.length),
                  within(1e-4f));
        }
      }
      copied(begin, copy, step);
    }
  }

  private static int[] source(int seed) {
    return tokens(seed, 1 + seed % LENGTH, SOURCES);
  }

  private static void begin(Program begin, int row, int[] source) {
    int[] padded = Arrays.copyOf(source, LENGTH);
    Arrays.fill(padded, source.length, LENGTH, -1);
    begin.set("source", padded);
    begin.set("lengths", new int[] {source.length});
    begin.set("row", new int[] {row});
    begin.run();
  }

  /** A row that takes over another one's target goes on as that would. */
  private void copied(Program begin, Program copy, Program step) {
    int rows = 4;
    for (int row = 0; row < rows; row++) {
      begin(begin, row, source(5));
    }
    int[] first = {0, 1, 2, 3};
    step.set("tokens", first);
    step.set("positions", new int[rows]);
    step.run();
    int[] sources = {3, 3, 0, 1};
    copy.set("sources", sources);
    copy.run();
    step.set("tokens", new int[rows]);
    step.set("positions", new int[] {1, 1, 1, 1});
    step.run();
    float[] y = new float[rows * TARGETS];
    step.get("y", y);
    for (int row = 0; row < rows; row++) {
      float[] expected = logits(source(5), LENGTH, first[sources[row]], 0);
      assertThat(Arrays.copyOfRange(y, row * TARGETS, (row + 1) * TARGETS))
          .as("copied row %d", row)
          .containsExactly(Arrays.copyOfRange(expected, TARGETS, 2 * TARGETS), within(1e-4f));
    }
  }
}
