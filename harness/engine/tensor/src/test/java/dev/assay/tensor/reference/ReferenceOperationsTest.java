package dev.assay.tensor.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.tensor.DType;
import dev.assay.tensor.Draws;
import dev.assay.tensor.Gradients;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Op.BinaryFn;
import dev.assay.tensor.Op.UnaryFn;
import dev.assay.tensor.Op.Window;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Operations of the reference against hand-computed values, closed forms and other loops. */
class ReferenceOperationsTest {
  private static final float INF = Float.POSITIVE_INFINITY;

  // ---- elementwise ----

  @Test
  void unaryFunctionsHaveTheirClosedForms() {
    Map<UnaryFn, double[]> pairs =
        Map.ofEntries(
            Map.entry(UnaryFn.NEG, new double[] {1.5, -1.5}),
            Map.entry(UnaryFn.ABS, new double[] {-2.5, 2.5}),
            Map.entry(UnaryFn.SIGN, new double[] {-0.3, -1}),
            Map.entry(UnaryFn.FLOOR, new double[] {-1.5, -2}),
            Map.entry(UnaryFn.EXP, new double[] {1, Math.E}),
            Map.entry(UnaryFn.EXPM1, new double[] {1, Math.E - 1}),
            Map.entry(UnaryFn.LOG, new double[] {2, 0.6931471805599453}),
            Map.entry(UnaryFn.LOG1P, new double[] {1, 0.6931471805599453}),
            Map.entry(UnaryFn.SQRT, new double[] {2, 1.4142135623730951}),
            Map.entry(UnaryFn.RSQRT, new double[] {4, 0.5}),
            Map.entry(UnaryFn.RECIPROCAL, new double[] {-8, -0.125}),
            Map.entry(UnaryFn.SIN, new double[] {0.5, 0.479425538604203}),
            Map.entry(UnaryFn.COS, new double[] {0.5, 0.8775825618903728}),
            Map.entry(UnaryFn.TANH, new double[] {0.5, (Math.E - 1) / (Math.E + 1)}),
            Map.entry(UnaryFn.SIGMOID, new double[] {1, Math.E / (1 + Math.E)}),
            Map.entry(UnaryFn.SOFTPLUS, new double[] {1, Math.log(1 + Math.E)}),
            Map.entry(UnaryFn.ERF, new double[] {0.5, 0.5204998778130465}));
    for (UnaryFn fn : UnaryFn.values()) {
      double[] pair = pairs.get(fn);
      float[] y = floats(vector((float) pair[0]).unary(fn));
      assertThat(y).as(fn.toString()).containsExactly((float) pair[1]);
    }
  }

  @Test
  void unaryFunctionsDoNotOverflowWhereTheirValueIsFinite() {
    assertThat(floats(vector(100, -100, 1e4f).softplus()))
        .containsExactly(100, 3.783506e-44f, 1e4f);
    assertThat(floats(vector(100, -100).sigmoid())).containsExactly(1, 3.783506e-44f);
    assertThat(floats(vector(1e-10f).expm1())).containsExactly(1e-10f);
    assertThat(floats(vector(0, -1).log())).containsExactly(-INF, Float.NaN);
    assertThat(floats(vector(0).rsqrt())).containsExactly(INF);
  }

  @Test
  void binaryFunctionsOfSmallIntegers() {
    float[] x = {7, -7, 2, 3};
    float[] y = {2, 2, 2, -1};
    Map<BinaryFn, float[]> expected =
        Map.of(
            BinaryFn.ADD, new float[] {9, -5, 4, 2},
            BinaryFn.SUB, new float[] {5, -9, 0, 4},
            BinaryFn.MUL, new float[] {14, -14, 4, -3},
            BinaryFn.DIV, new float[] {3.5f, -3.5f, 1, -3},
            BinaryFn.MAX, new float[] {7, 2, 2, 3},
            BinaryFn.MIN, new float[] {2, -7, 2, -1},
            BinaryFn.POW, new float[] {49, 49, 4, 1 / 3f},
            BinaryFn.LESS, new float[] {0, 1, 0, 0},
            BinaryFn.LESS_EQUAL, new float[] {0, 1, 1, 0},
            BinaryFn.EQUAL, new float[] {0, 0, 1, 0});
    for (BinaryFn fn : BinaryFn.values()) {
      assertThat(floats(vector(x).binary(fn, vector(y))))
          .as(fn.toString())
          .containsExactly(expected.get(fn));
    }
  }

  @Test
  void whereSelectsAndCastsTruncate() {
    assertThat(floats(vector(0, 1, -2).where(vector(1, 2, 3), vector(4, 5, 6))))
        .containsExactly(4, 2, 3);
    assertThat(ints(vector(-1.9f, -0.5f, 0.5f, 1.9f).toInt())).containsExactly(-1, 0, 0, 1);
    assertThat(floats(integers(3, -4).toFloat())).containsExactly(3, -4);
  }

  @Test
  void resultsAreRoundedToFloat32AndSumsAreNot() {
    // 2²⁴ + 1 is no float; the sum over all terms is.
    Tensor x = vector(16777216, 1, 1, 1, 1);
    assertThat(floats(x.sum())).containsExactly(16777220);
    assertThat(floats(vector(16777216).add(1))).containsExactly(16777216);
    Tensor third = vector(1).div(3);
    assertThat(floats(third.mul(3).sub(1))).containsExactly(0);
    assertThat(floats(third.sub(vector(1 / 3f)))).containsExactly(0);
  }

  // ---- movement ----

  @Test
  void movementOfSixElements() {
    Tensor x = Tensor.constant(new float[] {0, 1, 2, 3, 4, 5}, Shape.of(2, 3));
    assertThat(floats(x.transpose(0, 1))).containsExactly(0, 3, 1, 4, 2, 5);
    assertThat(floats(x.reshape(3, 2).transpose(0, 1))).containsExactly(0, 2, 4, 1, 3, 5);
    assertThat(floats(x.slice(1, 1, 2))).containsExactly(1, 2, 4, 5);
    assertThat(floats(x.flip(0))).containsExactly(3, 4, 5, 0, 1, 2);
    assertThat(floats(x.flip(1))).containsExactly(2, 1, 0, 5, 4, 3);
    assertThat(floats(x.pad(1, 1, 0, 9))).containsExactly(9, 0, 1, 2, 9, 3, 4, 5);
    assertThat(floats(x.pad(new int[] {1, 0}, new int[] {0, 1}, -1)))
        .containsExactly(-1, -1, -1, -1, 0, 1, 2, -1, 3, 4, 5, -1);
    assertThat(floats(Tensor.concat(0, x, x.slice(0, 1, 1))))
        .containsExactly(0, 1, 2, 3, 4, 5, 3, 4, 5);
    assertThat(floats(Tensor.concat(1, x.slice(1, 0, 1), x)))
        .containsExactly(0, 0, 1, 2, 3, 3, 4, 5);
    assertThat(floats(x.slice(1, 1, 1).broadcast(Shape.of(2, 2)))).containsExactly(1, 1, 4, 4);
    assertThat(floats(x.slice(0, 1, 1).broadcast(Shape.of(2, 3))))
        .containsExactly(3, 4, 5, 3, 4, 5);
  }

  @Test
  void axesOfRankThreeAreReorderedByIndex() {
    Tensor x = ramp(2, 3, 4);
    float[] y = floats(x.permute(2, 0, 1));
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 3; j++) {
        for (int k = 0; k < 4; k++) {
          assertThat(y[(k * 2 + i) * 3 + j]).isEqualTo((i * 3 + j) * 4 + k);
        }
      }
    }
  }

  @Test
  void iotaCountsAlongItsAxis() {
    assertThat(floats(Tensor.iota(Shape.of(2, 3), 0))).containsExactly(0, 0, 0, 1, 1, 1);
    assertThat(floats(Tensor.iota(Shape.of(2, 3), 1))).containsExactly(0, 1, 2, 0, 1, 2);
  }

  // ---- reductions ----

  @Test
  void reductionsOfTwentyFourElements() {
    Tensor x = ramp(2, 3, 4);
    assertThat(floats(x.sum())).containsExactly(276);
    assertThat(floats(x.sum(0))).startsWith(12, 14).hasSize(12);
    assertThat(floats(x.sum(1))).containsExactly(12, 15, 18, 21, 48, 51, 54, 57);
    assertThat(floats(x.sum(2))).containsExactly(6, 22, 38, 54, 70, 86);
    assertThat(floats(x.sum(0, 2))).containsExactly(60, 92, 124);
    assertThat(floats(x.maxKeep(1))).containsExactly(8, 9, 10, 11, 20, 21, 22, 23);
    assertThat(floats(x.sub(30).maxKeep(0, 1, 2))).containsExactly(-7);
    assertThat(floats(x.mean(1))).containsExactly(4, 5, 6, 7, 16, 17, 18, 19);
    assertThat(floats(x.slice(1, 0, 0).maxKeep(1))).containsOnly(-INF);
    assertThat(floats(x.slice(1, 0, 0).sum(1))).containsOnly(0);
  }

  @Test
  void argMaxIsTheFirstOfEqualMaxima() {
    Tensor x = Tensor.constant(new float[] {1, 3, 3, 5, 5, 2, -1, -1, -1}, Shape.of(3, 3));
    assertThat(ints(x.argMax())).containsExactly(1, 0, 0);
  }

  // ---- contractions ----

  @Test
  void matrixProductByColumns() {
    Tensor a = sines(2, 3, 4);
    Tensor b = sines(2, 4, 5).cos();
    float[] x = floats(a);
    float[] y = floats(b);
    float[] c = floats(a.matmul(b));
    for (int batch = 0; batch < 2; batch++) {
      for (int j = 0; j < 5; j++) {
        for (int i = 0; i < 3; i++) {
          double dot = 0;
          for (int k = 0; k < 4; k++) {
            dot += (double) x[batch * 12 + i * 4 + k] * y[batch * 20 + k * 5 + j];
          }
          assertThat(c[batch * 15 + i * 5 + j]).isEqualTo((float) dot);
        }
      }
    }
  }

  @Test
  void convolutionIsTheProductWithTheMatrixOfPatches() {
    Window window = new Window(2, 1, 1, 0, 2, 1, 1, 2, 2);
    Tensor x = sines(2, 5, 6, 4);
    Tensor f = sines(3, 2, 2, 6);
    Tensor padded = x.pad(new int[] {0, 1, 2, 0}, new int[] {0, 0, 1, 0}, 0);
    int height = (5 + 1 - 3) / 2 + 1;
    int width = 6 + 3 - 2 - 1 + 1;
    Tensor y = x.conv2d(f, window);
    assertThat(y.shape()).isEqualTo(Shape.of(2, height, width, 6));
    float[] actual = floats(y);
    int at = 0;
    for (int n = 0; n < 2; n++) {
      for (int i = 0; i < height; i++) {
        for (int j = 0; j < width; j++) {
          for (int o = 0; o < 6; o++) {
            // The patch under the dilated kernel, in the channels of o's group.
            Tensor rows = padded.slice(0, n, 1).slice(1, 2 * i, 3).slice(3, o / 3 * 2, 2);
            Tensor patch = Tensor.concat(2, rows.slice(2, j, 1), rows.slice(2, j + 2, 1));
            Tensor kernel = f.slice(3, o, 1).reshape(1, 3, 2, 2);
            assertThat(actual[at++]).isCloseTo(floats(patch.mul(kernel).sum())[0], within(1e-6f));
          }
        }
      }
    }
  }

  @Test
  void theAdjointsOfConvolutionSatisfyTheirDefinition() {
    Window window = new Window(2, 3, 1, 2, 0, 1, 2, 1, 3);
    Tensor x = sines(2, 7, 8, 6);
    Tensor f = sines(2, 3, 2, 9);
    Tensor y = x.conv2d(f, window);
    Tensor z = sines(y.shape().dims()).cos();
    double inner = Exact.of(y.mul(z).sum())[0];
    double ofInput = Exact.of(z.conv2dTranspose(f, window, 7, 8).mul(x).sum())[0];
    Tensor ofFilter = Gradients.of(y.mul(z).sum(), f);
    assertThat(ofInput).isCloseTo(inner, within(1e-10 * Math.abs(inner)));
    assertThat(Exact.of(ofFilter.mul(f).sum())[0])
        .isCloseTo(inner, within(1e-10 * Math.abs(inner)));
  }

  @Test
  void attentionOverTwoKeysByHand() {
    // Scores ln 3 and 0 under scale 1: weights 3/4 and 1/4.
    Tensor q = Tensor.constant(new float[] {1}, Shape.of(1, 1, 1, 1));
    Tensor k = Tensor.constant(new float[] {(float) Math.log(3), 0}, Shape.of(1, 1, 2, 1));
    Tensor v = Tensor.constant(new float[] {8, 4}, Shape.of(1, 1, 2, 1));
    assertThat(floats(Tensors.attention(q, k, v, null, 1, false))[0]).isCloseTo(7, within(1e-6f));
    Tensor both = Tensor.concat(2, q, q);
    assertThat(floats(Tensors.attention(both, k, v, null, 1, true))[0]).isEqualTo(8);
    assertThat(floats(Tensors.attention(q, k, v, integers(1), 1, true))[0]).isEqualTo(8);
    assertThat(floats(Tensors.attention(q, k, v, integers(0), 1, true))[0]).isZero();
  }

  @Test
  void biasedAttentionOverTwoKeysByHand() {
    // Scores 0 + ln 3 and ln 3 + 0, or ln 3 + ln 3 and 0.
    Tensor q = Tensor.constant(new float[] {1}, Shape.of(1, 1, 1, 1));
    float log = (float) Math.log(3);
    Tensor v = Tensor.constant(new float[] {8, 4}, Shape.of(1, 1, 2, 1));
    Tensor bias = Tensor.constant(new float[] {log, 0}, Shape.of(1, 1, 2));
    Tensor even = Tensor.constant(new float[] {0, log}, Shape.of(1, 1, 2, 1));
    Tensor odd = Tensor.constant(new float[] {log, 0}, Shape.of(1, 1, 2, 1));
    assertThat(floats(Tensors.biasedAttention(q, even, v, null, bias, 1, false))[0])
        .isCloseTo(6, within(1e-6f));
    assertThat(floats(Tensors.biasedAttention(q, odd, v, null, bias, 1, false))[0])
        .isCloseTo(7.6f, within(1e-6f));
    assertThat(floats(Tensors.biasedAttention(q, odd, v, integers(1), bias, 1, false))[0])
        .isEqualTo(8);
  }

  @Test
  void attentionAndItsDerivativesAreThoseOfTheUnfusedExpression() {
    Tensor q = sines(3, 4, 5, 2);
    Tensor k = sines(3, 2, 6, 2).add(0.3f);
    Tensor v = sines(3, 2, 6, 2).cos();
    List<Tensor> inputs = List.of(q, k, v);
    for (Tensor lengths : new Tensor[] {null, integers(0, 3, 9)}) {
      for (boolean causal : new boolean[] {false, true}) {
        Tensor fused = Tensors.attention(q, k, v, lengths, 0.8f, causal);
        Tensor plain = Tensors.attentionUnfused(q, k, v, lengths, 0.8f, causal);
        assertClose(fused, plain);
        Tensor weights = sines(3, 4, 5, 2).exp();
        List<Tensor> a = Gradients.of(fused.mul(weights).sum(), inputs);
        List<Tensor> b = Gradients.of(plain.mul(weights).sum(), inputs);
        for (int i = 0; i < 3; i++) {
          assertClose(a.get(i), b.get(i));
        }
      }
    }
  }

  private static void assertClose(Tensor a, Tensor b) {
    double[] x = Exact.of(a);
    double[] y = Exact.of(b);
    assertThat(x).hasSameSizeAs(y);
    for (int i = 0; i < x.length; i++) {
      assertThat(x[i]).isCloseTo(y[i], within(1e-12));
    }
  }

  // ---- indexing ----

  @Test
  void rowsAreGatheredSummedAndReplaced() {
    Tensor table = Tensor.constant(new float[] {1, 2, 3, 4, 5, 6}, Shape.of(3, 2));
    Tensor i = integers(2, -1, 0, 3);
    assertThat(floats(table.gather(i))).containsExactly(5, 6, 0, 0, 1, 2, 0, 0);
    assertThat(ints(integers(7, 8, 9).gather(i))).containsExactly(9, 0, 7, 0);
    Tensor values = Tensor.constant(new float[] {1, 2, 10, 20, 3, 4, 30, 40}, Shape.of(4, 2));
    assertThat(floats(Tensor.scatterAdd(integers(1, 5, 1, 0), values, 3)))
        .containsExactly(30, 40, 4, 6, 0, 0);
    assertThat(floats(table.putRows(integers(2, 9), values.slice(0, 0, 2))))
        .containsExactly(1, 2, 3, 4, 1, 2);
  }

  // ---- random ----

  @Test
  void drawsFollowTheStreamDerivedFromKeyAndPath() {
    RandomStream root = RandomStream.root(11);
    Draws draws = Draws.root().child("a").child("b");
    Graph graph =
        Graph.builder()
            .output("u", draws.uniform(Shape.of(3, 3)))
            .output("z", draws.normal(Shape.of(7)))
            .build();
    float[] u = new float[9];
    float[] z = new float[7];
    try (ReferenceBackend backend = new ReferenceBackend();
        Program program = backend.compile(graph)) {
      program.seed(root);
      program.run();
      program.get("u", u);
      program.get("z", z);
    }
    long key = RandomStream.derive(root.key(), RandomStream.hash("/a/b"));
    RandomStream stream = RandomStream.ofKey(key);
    float[] expected = new float[9];
    for (int i = 0; i < 9; i++) {
      expected[i] = stream.nextFloat();
    }
    assertThat(u).containsExactly(expected);
    for (int pair = 0; pair < 3; pair++) {
      // The squared radius is −2 ln u whatever the angle; the angle gives the quadrant.
      double radius = z[2 * pair] * z[2 * pair] + z[2 * pair + 1] * z[2 * pair + 1];
      assertThat(radius).isCloseTo(-2 * Math.log(expected[2 * pair]), within(1e-5));
      double turn = Math.atan2(z[2 * pair + 1], z[2 * pair]) / (2 * Math.PI);
      assertThat(turn < 0 ? turn + 1 : turn).isCloseTo(expected[2 * pair + 1], within(1e-6));
    }
  }

  @Test
  void aRowWithItsOwnKeyDoesNotDependOnItsNeighbours() {
    Tensor keys = Tensor.constant(new int[] {1, 2, 3, 4, -5, 6}, Shape.of(3, 2));
    Tensor all = Draws.perRow(keys).child("x").normal(Shape.of(3, 5));
    for (int row = 0; row < 3; row++) {
      Tensor alone = Draws.perRow(keys.slice(0, row, 1)).child("x").normal(Shape.of(1, 5));
      assertThat(floats(alone)).containsExactly(floats(all.slice(0, row, 1)));
      long key =
          RandomStream.derive(
              new long[] {0x200000001L, 0x400000003L, 0x6FFFFFFFBL}[row], RandomStream.hash("/x"));
      Tensor uniform = Draws.perRow(keys).child("x").uniform(Shape.of(3, 5)).slice(0, row, 1);
      assertThat(floats(uniform)[0]).isEqualTo(RandomStream.ofKey(key).nextFloat());
    }
  }

  // ---- compositions ----

  @Test
  void crossEntropyOfUniformLogitsIsTheLogarithmOfTheirNumber() {
    Tensor loss =
        Tensors.crossEntropy(Tensor.fill(3, Shape.of(2, 8)).add(ramp(2, 1)), integers(5, -1));
    assertThat(floats(loss)[0]).isCloseTo((float) Math.log(8), within(1e-6f));
    assertThat(floats(loss)[1]).isZero();
  }

  @Test
  void normalisedRowsHaveMeanZeroAndVarianceOne() {
    Tensor y = Tensors.layerNorm(sines(4, 64).exp(), null, null, 0);
    assertClose(y.mean(1), Tensor.fill(0, Shape.of(4)));
    double[] variance = Exact.of(y.square().mean(1));
    for (double v : variance) {
      assertThat(v).isCloseTo(1, within(1e-6));
    }
  }

  // ---- helpers ----

  private static Tensor vector(float... values) {
    return Tensor.constant(values, Shape.of(values.length));
  }

  private static Tensor integers(int... values) {
    return Tensor.constant(values, Shape.of(values.length));
  }

  /** 0, 1, 2, … */
  private static Tensor ramp(int... dims) {
    int size = Shape.of(dims).size();
    return Tensor.iota(Shape.of(size), 0).reshape(dims);
  }

  /** sin 1, sin 2, … */
  private static Tensor sines(int... dims) {
    return ramp(dims).add(1).sin();
  }

  private static float[] floats(Tensor t) {
    float[] values = new float[t.shape().size()];
    try (ReferenceBackend backend = new ReferenceBackend();
        Program program = backend.compile(Graph.builder().output("y", t).build())) {
      program.run();
      program.get("y", values);
    }
    return values;
  }

  private static int[] ints(Tensor t) {
    assertThat(t.dtype()).isEqualTo(DType.I32);
    int[] values = new int[t.shape().size()];
    try (ReferenceBackend backend = new ReferenceBackend();
        Program program = backend.compile(Graph.builder().output("y", t).build())) {
      program.run();
      program.get("y", values);
    }
    return values;
  }
}
