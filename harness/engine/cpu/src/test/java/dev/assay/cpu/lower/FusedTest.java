package dev.assay.cpu.lower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.cpu.crew.Crew;
import dev.assay.cpu.crew.Job;
import dev.assay.cpu.memory.Memory;
import dev.assay.cpu.testing.Floats;
import dev.assay.cpu.testing.Refusal;
import dev.assay.cpu.x86.MachineCode;
import dev.assay.tensor.DType;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Op;
import dev.assay.tensor.Op.BinaryFn;
import dev.assay.tensor.Op.ReduceFn;
import dev.assay.tensor.Op.UnaryFn;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;
import dev.assay.tensor.plan.Buffer;
import dev.assay.tensor.plan.Kernel;
import dev.assay.tensor.plan.Plan;
import dev.assay.tensor.plan.Planner;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Machine code gives the bits of the vector loops: only which NaN it is may differ. */
final class FusedTest {
  private static final int[] SIZES = {1, 6, 13, 16, 17, 63, 64, 207, 1030, 4098};
  private static final float[] SPECIAL = {
    0f,
    -0f,
    1f,
    -1f,
    0.5f,
    20f,
    -20f,
    88.8f,
    -104f,
    0.625f,
    2147483648f,
    -2147483648f,
    8388609f,
    Float.MIN_VALUE,
    -Float.MIN_NORMAL,
    Float.MAX_VALUE,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.NaN
  };

  /** What machine code knows: one other function, and a whole tile runs as loops. */
  private static final List<UnaryFn> UNARY =
      Stream.of(UnaryFn.values()).filter(fn -> Formulas.isKnown(new Op.Unary(fn))).toList();

  private static final List<BinaryFn> BINARY =
      Stream.of(BinaryFn.values()).filter(fn -> Formulas.isKnown(new Op.Binary(fn))).toList();

  @BeforeEach
  void needsMachineCode() {
    assumeTrue(MachineCode.isPossible(), "no machine code here");
  }

  /** Numbers of every exponent and both signs, and special values. */
  private static float[] dense(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = Float.intBitsToFloat((int) ((1L << 32) / count * i + i % 97));
    }
    System.arraycopy(SPECIAL, 0, values, count / 2, Math.min(SPECIAL.length, count / 2));
    return values;
  }

  private static float[] mixed(int count, long seed, boolean tame) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] =
          switch (random.nextInt(tame ? 1 : 8)) {
            case 6 -> SPECIAL[random.nextInt(SPECIAL.length)];
            case 7 -> Float.intBitsToFloat(random.nextInt());
            default -> (float) random.nextDouble(-4, 4);
          };
    }
    return values;
  }

  private static Tensor input(String name, int... dims) {
    return Tensor.input(name, DType.F32, Shape.of(dims));
  }

  /** The plan's kernels, on memory of its own. */
  private static final class Run implements Job {
    private final Map<Buffer, Floats> memory = new HashMap<>();
    private final List<Step> steps = new ArrayList<>();
    private final long scratch;

    /**
     * @param fused whether machine code runs, on memory that ends before a page out of bounds
     */
    Run(Arena arena, Plan plan, Map<String, float[]> inputs, boolean fused) {
      for (Buffer buffer : plan.buffers()) {
        float[] values =
            switch (buffer.place()) {
              case Buffer.Place.Input(String name) -> inputs.get(name);
              default -> new float[buffer.size()];
            };
        memory.put(buffer, fused ? Floats.fenced(arena, values) : Floats.of(arena, values));
      }
      Addresses addresses = buffer -> memory.get(buffer).address();
      long most = 1;
      for (List<Kernel> phase : plan.phases()) {
        for (Kernel kernel : phase) {
          Step step =
              switch (kernel) {
                case Kernel.Tile tile -> new TileStep(tile, addresses, fused);
                case Kernel.ReduceMiddle reduce -> new ReduceStep(reduce, addresses, fused);
                default -> throw new IllegalArgumentException("no tile: " + kernel);
              };
          steps.add(step);
          most = Math.max(most, step.scratchBytes());
        }
      }
      scratch = Memory.allocate(arena, most);
    }

    @Override
    public int phases() {
      return 1;
    }

    @Override
    public int tiles(int phase) {
      return 1;
    }

    @Override
    public void run(int phase, int tile, int thread) {
      for (Step step : steps) {
        for (int i = 0; i < step.tiles(0); i++) {
          step.run(0, i, scratch);
        }
      }
    }
  }

  private static void check(String what, Graph graph, Map<String, float[]> inputs) {
    Plan plan = Planner.plan(graph);
    for (boolean flushing : new boolean[] {false, true}) {
      try (Arena arena = Arena.ofShared();
          Crew crew = new Crew(1)) {
        Run expected = new Run(arena, plan, inputs, false);
        Run actual = new Run(arena, plan, inputs, true);
        for (Run run : List.of(expected, actual)) {
          if (flushing) {
            crew.run(run);
          } else {
            run.run(0, 0, 0);
          }
        }
        for (Buffer buffer : plan.buffers()) {
          float[] bits = expected.memory.get(buffer).values();
          float[] found = actual.memory.get(buffer).values();
          for (int i = 0; i < bits.length; i++) {
            if (!same(found[i], bits[i], flushing)) {
              assertThat(found[i])
                  .as("%s, flushing %s, %s[%d]%n%s", what, flushing, buffer, i, plan.explain())
                  .isEqualTo(bits[i]);
            }
          }
        }
      }
    }
  }

  /** The loops choose among such numbers as zeros once compiled, and by their values before. */
  private static boolean same(float a, float b, boolean flushing) {
    boolean zeros = flushing && Math.abs(a) < Float.MIN_NORMAL && Math.abs(b) < Float.MIN_NORMAL;
    return zeros || Float.floatToIntBits(a) == Float.floatToIntBits(b);
  }

  @Test
  void functionsOfOneNumber() {
    int count = 1 << 17;
    for (UnaryFn fn : UnaryFn.values()) {
      Tensor x = input("x", count);
      Graph graph = Graph.builder().output("y", x.unary(fn)).build();
      check(fn.toString(), graph, Map.of("x", dense(count)));
    }
  }

  @Test
  void functionsOfTwoNumbers() {
    int count = 4 * SPECIAL.length * SPECIAL.length;
    float[] x = new float[count];
    float[] y = new float[count];
    float[] random = mixed(count, 3, false);
    for (int i = 0; i < count; i++) {
      x[i] = i % 4 == 0 ? random[i] : SPECIAL[i / 4 % SPECIAL.length];
      y[i] = i % 4 == 1 ? random[i] : SPECIAL[i / 4 / SPECIAL.length];
    }
    for (BinaryFn fn : BinaryFn.values()) {
      Tensor a = input("x", count);
      Tensor b = input("y", count);
      Graph.Builder graph = Graph.builder().output("z", a.binary(fn, b));
      for (float number : SPECIAL) {
        graph.output("right" + number, a.binary(fn, Tensor.fill(number, a.shape())));
        graph.output("left" + number, Tensor.fill(number, a.shape()).binary(fn, a));
      }
      check(fn.toString(), graph.build(), Map.of("x", x, "y", y));
    }
  }

  @Test
  void choicesAndCasts() {
    for (int size : SIZES) {
      Tensor x = input("x", size);
      Tensor y = input("y", size);
      Graph graph =
          Graph.builder()
              .output("where", x.less(y).where(x.mul(2), y))
              .output("floats", x.toInt().toFloat())
              .output("ints", y.toInt())
              .build();
      check("size " + size, graph, Map.of("x", mixed(size, 1, false), "y", mixed(size, 2, false)));
    }
  }

  @Test
  void reductionsAlongRowsAndWhatFollowsThem() {
    for (int size : SIZES) {
      for (int rows : new int[] {1, 5}) {
        Tensor x = input("x", rows, size);
        Tensor gain = input("gain", size);
        Tensor bias = input("bias", size);
        Graph graph =
            Graph.builder()
                .output("norm", Tensors.layerNorm(x, gain, bias, 1e-5f))
                .output("softmax", Tensors.softmax(x.mul(gain.broadcast(x.shape())), 1))
                .output("sum", x.mul(x.exp()).sum(1))
                .output("max", x.maxKeep(1))
                .output("steps", x.sub(x.maxKeep(1)).tanh().sum(1).log1p())
                .build();
        for (boolean tame : new boolean[] {true, false}) {
          Map<String, float[]> inputs =
              Map.of(
                  "x", mixed(rows * size, size, tame),
                  "gain", mixed(size, 2, tame),
                  "bias", mixed(size, 3, tame));
          check(rows + " rows of " + size, graph, inputs);
        }
      }
    }
  }

  @Test
  void reductionsOverColumnsAndOverEverything() {
    for (int size : SIZES) {
      Tensor x = input("x", 37, size);
      Graph graph =
          Graph.builder()
              .output("columns", x.mul(x).sum(0))
              .output("all", x.sigmoid().sum())
              .output("max", x.exp().reduceKeep(ReduceFn.MAX, 0))
              .build();
      check("37 x " + size, graph, Map.of("x", mixed(37 * size, 5, true)));
    }
  }

  @Test
  void viewsWithAnyStrides() {
    Tensor x = input("x", 6, 5, 17);
    Tensor y = input("y", 17, 5);
    Tensor z = input("z", 6, 1, 17);
    Graph graph =
        Graph.builder()
            .output("turned", x.permute(2, 0, 1).exp().add(1))
            .output("sum", x.add(y.permute(1, 0)).mul(z).sumKeep(2).add(x))
            .output("flipped", x.flip(2).mul(x))
            .output("part", x.slice(2, 3, 9).sub(z.slice(2, 1, 9)))
            .build();
    Map<String, float[]> inputs =
        Map.of("x", mixed(510, 1, true), "y", mixed(85, 2, true), "z", mixed(102, 3, true));
    check("views", graph, inputs);
  }

  @Test
  void randomTiles() {
    for (long seed = 0; seed < 40; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int rows = random.nextInt(1, 7);
      int columns = SIZES[random.nextInt(SIZES.length - 1)];
      List<Tensor> values = new ArrayList<>();
      Shape shape = Shape.of(rows, columns);
      values.add(input("x", rows, columns));
      values.add(input("y", rows, columns));
      values.add(input("row", rows, 1).broadcast(shape));
      values.add(input("column", 1, columns).broadcast(shape));
      values.add(input("number", 1, 1).broadcast(shape));
      int steps = random.nextInt(3, 60);
      for (int i = 0; i < steps; i++) {
        values.add(step(random, values));
      }
      Graph.Builder graph = Graph.builder().output("last", values.getLast());
      for (int i = 0; i < 3; i++) {
        graph.output("y" + i, values.get(random.nextInt(5, values.size())));
      }
      Map<String, float[]> inputs =
          Map.of(
              "x", mixed(rows * columns, seed, random.nextBoolean()),
              "y", mixed(rows * columns, seed + 1, true),
              "row", mixed(rows, seed + 2, true),
              "column", mixed(columns, seed + 3, true),
              "number", mixed(1, seed + 4, true));
      check("seed " + seed, graph.build(), inputs);
    }
  }

  @Test
  void aTileForWhichTheSystemHasNoMoreMemoryRunsAsLoops() throws InterruptedException {
    Tensor x = input("x", 3, 17);
    Graph graph = Graph.builder().output("y", Tensors.softmax(x.mul(0.12345f), 1)).build();
    Refusal.run(() -> check("refused", graph, Map.of("x", mixed(51, 1, true))));
  }

  private static Tensor step(SplittableRandom random, List<Tensor> values) {
    Tensor a = values.get(random.nextInt(values.size()));
    Tensor b = values.get(random.nextInt(values.size()));
    Tensor c = values.get(random.nextInt(values.size()));
    return switch (random.nextInt(12)) {
      case 0, 1 -> a.unary(UNARY.get(random.nextInt(UNARY.size())));
      case 2, 3 -> a.mul(b).add(c);
      case 4, 5 -> a.less(b).where(b, c);
      case 6 -> a.reduceKeep(ReduceFn.values()[random.nextInt(2)], 1).broadcast(a.shape());
      default -> a.binary(BINARY.get(random.nextInt(BINARY.size())), b);
    };
  }
}
