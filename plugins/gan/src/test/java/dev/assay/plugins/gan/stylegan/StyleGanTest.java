package dev.assay.plugins.gan.stylegan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.nn.Activation;
import dev.assay.nn.Initializer;
import dev.assay.nn.Mlp;
import dev.assay.nn.Parameter;
import dev.assay.nn.ParameterStore;
import dev.assay.spi.Modality;
import dev.assay.tensor.Backend;
import dev.assay.tensor.Draws;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.testkit.Backends;
import dev.assay.testkit.GradientCheck;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StyleGanTest {
  private static final int N = 2;
  private static final int SIDE = 4;
  private static final int IN = 3;
  private static final int OUT = 5;
  private static final int LATENT = 6;

  private final Backend backend = Backends.open(1);
  private final ParameterStore store = new ParameterStore(backend, RandomStream.root(5));

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void modulatedConvolutionsEqualAFilterMadeForEachImage() {
    ModulatedConv conv = ModulatedConv.create(store, LATENT, IN, OUT, 3, true);
    float[] x = normal("x", N * SIDE * SIDE * IN);
    float[] w = normal("w", N * LATENT);
    float[] y =
        run(
            conv.apply(
                Tensor.constant(x, Shape.of(N, SIDE, SIDE, IN)),
                Tensor.constant(w, Shape.of(N, LATENT))));
    float[] styles = run(conv.style().apply(Tensor.constant(w, Shape.of(N, LATENT))));
    float[] filter = read(conv.filter());
    for (int image = 0; image < N; image++) {
      double[] own = ownFilter(filter, styles, image);
      for (int row = 0; row < SIDE; row++) {
        for (int column = 0; column < SIDE; column++) {
          for (int k = 0; k < OUT; k++) {
            int at = ((image * SIDE + row) * SIDE + column) * OUT + k;
            assertThat((double) y[at])
                .isCloseTo(correlation(x, own, image, row, column, k), within(1e-4));
          }
        }
      }
    }
  }

  /** s wᵢⱼₖ over its norm for each output: eqs. 1 and 3. */
  private static double[] ownFilter(float[] filter, float[] styles, int image) {
    double[] own = new double[filter.length];
    double[] squares = new double[OUT];
    for (int f = 0; f < filter.length; f++) {
      own[f] = styles[image * IN + f / OUT % IN] * (double) filter[f];
      squares[f % OUT] += own[f] * own[f];
    }
    for (int f = 0; f < filter.length; f++) {
      own[f] /= Math.sqrt(squares[f % OUT]);
    }
    return own;
  }

  private static double correlation(
      float[] x, double[] filter, int image, int row, int column, int k) {
    double sum = 0;
    for (int i = -1; i <= 1; i++) {
      for (int j = -1; j <= 1; j++) {
        int r = row + i;
        int c = column + j;
        if (r < 0 || r >= SIDE || c < 0 || c >= SIDE) {
          continue;
        }
        for (int from = 0; from < IN; from++) {
          sum +=
              x[((image * SIDE + r) * SIDE + c) * IN + from]
                  * filter[(((i + 1) * 3 + j + 1) * IN + from) * OUT + k];
        }
      }
    }
    return sum;
  }

  @Test
  void truncationGoesFromTheMeanOfWToWItself() {
    Mapping mapping = Mapping.create(store, LATENT, 2);
    float[] mean = normal("mean", LATENT);
    mapping.mean().write(mean);
    Tensor w = mapping.apply(Tensor.constant(normal("z", LATENT), Shape.of(1, LATENT)));
    assertThat(run(mapping.truncated(w, Tensor.scalar(0)))).containsExactly(mean);
    assertThat(run(mapping.truncated(w, Tensor.scalar(1)))).containsExactly(run(w), within(1e-5f));
  }

  @Test
  void eachStyleAndEachLayersNoiseReachTheImage() {
    Modality.Image image = new Modality.Image(8, 8, 1, 17);
    Synthesis synthesis = new Synthesis(store, image, LATENT, 4);
    // One layer at 4×4, two at 8×8, and the last image's style.
    assertThat(synthesis.styles()).isEqualTo(4);
    Tensor a = Tensor.constant(normal("a", LATENT), Shape.of(1, LATENT));
    Tensor b = Tensor.constant(normal("b", LATENT), Shape.of(1, LATENT));
    float[] plain = run(synthesis.apply(Collections.nCopies(4, a), Draws.root()));
    for (int i = 0; i < 4; i++) {
      List<Tensor> styles = new ArrayList<>(Collections.nCopies(4, a));
      styles.set(i, b);
      assertThat(run(synthesis.apply(styles, Draws.root()))).as("style %d", i).isNotEqualTo(plain);
    }
    for (Parameter strength : store.parameters()) {
      if (strength.name().endsWith("noise")) {
        strength.variable().write(new float[] {1});
        float[] noisy = run(synthesis.apply(Collections.nCopies(4, a), Draws.root()));
        assertThat(noisy).as(strength.name()).isNotEqualTo(plain);
        strength.variable().write(new float[] {0});
      }
    }
  }

  @Test
  void aMixedImageTakesTheOtherLatentFromAPlaceThatIsUniformOverItsLayers() {
    int n = 20_000;
    int styles = 4;
    Tensor zero = Tensor.fill(0, Shape.of(n, 1));
    Tensor one = Tensor.fill(1, Shape.of(n, 1));
    List<Tensor> mixed = StyleGanGame.mixed(zero, one, styles, 0.6, Draws.root());
    float[] others = run(Tensor.concat(1, mixed));
    double[] share = new double[styles];
    for (int i = 0; i < n; i++) {
      int from = 0;
      while (from < styles && others[i * styles + from] == 0) {
        from++;
      }
      for (int layer = from; layer < styles; layer++) {
        assertThat(others[i * styles + layer]).isOne();
      }
      share[from % styles] += 1.0 / n;
    }
    // No crossover at all is counted at 0: the first layer always has its own latent.
    assertThat(share).containsExactly(new double[] {0.4, 0.2, 0.2, 0.2}, within(0.02));
    assertThat(StyleGanGame.mixed(zero, one, styles, 0, Draws.root())).containsOnly(zero);
  }

  @Test
  void theSlopePenaltyIsTheMeanSquaredGradientAndCanBeDifferentiated() {
    Tensor x = Tensor.constant(normal("x", 6), Shape.of(2, 3));
    Tensor w = Tensor.constant(new float[] {1, 2, -2}, Shape.of(3, 1));
    assertThat(run(StyleGanGame.slope(x.matmul(w).reshape(2), x))[0]).isCloseTo(9f, within(1e-5f));
    Mlp mlp = Mlp.create(store, List.of(3, 4, 1), Activation.TANH, Initializer.glorotNormal());
    GradientCheck.on(backend)
        .tolerance(0.02)
        .variables(
            StyleGanGame.slope(mlp.apply(x).reshape(2), x),
            store.parameters().stream().map(Parameter::variable).toList(),
            _ -> {});
  }

  private static float[] normal(String name, int count) {
    RandomStream random = RandomStream.root(9).child(name);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static float[] read(Parameter parameter) {
    float[] values = new float[parameter.shape().size()];
    parameter.variable().read(values);
    return values;
  }

  private float[] run(Tensor y) {
    try (Program program = backend.compile(Graph.builder().output("y", y).build())) {
      program.seed(RandomStream.root(5));
      program.run();
      float[] values = new float[y.shape().size()];
      program.get("y", values);
      return values;
    }
  }
}
