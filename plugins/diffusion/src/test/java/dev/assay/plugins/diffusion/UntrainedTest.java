package dev.assay.plugins.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.assay.plugins.diffusion.ddpm.DdpmProvider;
import dev.assay.plugins.diffusion.flowmatching.FlowMatchingProvider;
import dev.assay.spi.Batch;
import dev.assay.spi.Configs;
import dev.assay.spi.DataSpec;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Modality;
import dev.assay.spi.ModelProvider;
import dev.assay.spi.ScoreMethod.Kind;
import dev.assay.spi.Scorer;
import dev.assay.spi.Values;
import dev.assay.tensor.Backend;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.testkit.Backends;
import dev.assay.testkit.TestContext;
import dev.assay.testkit.ToyBatches;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An untrained network answers 0, with which every score has a closed form. */
final class UntrainedTest {
  private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

  /** v̂ = 0: nothing moves along the probability flow, and x is standard normal. */
  @ParameterizedTest
  @ValueSource(ints = {2, 12}) // exact and estimated divergence
  void aStillFlowHasTheDensityOfNoise(int width) {
    float[] x = points(4, width);
    double[] ddpm = score(new DdpmProvider(), Map.of("prediction", "v"), Kind.ESTIMATE, x, width);
    double[] flow = score(new FlowMatchingProvider(), Map.of(), Kind.ESTIMATE, x, width);
    for (int i = 0; i < 4; i++) {
      assertThat(ddpm[i]).isCloseTo(nats(x, i, width, 1), within(1e-3));
      assertThat(flow[i]).isCloseTo(nats(x, i, width, 1), within(1e-3));
    }
  }

  /** ε̂ = 0: x stays on the ray x / α, so that p is normal with deviation α₁ / α_T. */
  @ParameterizedTest
  @ValueSource(ints = {2, 12})
  void aFlowWithoutNoiseScalesWithTheSignal(int width) {
    double[] alphaBar = alphaBar();
    double deviation = Math.sqrt(alphaBar[1] / alphaBar[100]);
    float[] x = points(4, width);
    Map<String, Object> settings = Map.of("prediction", "epsilon");
    double[] nats = score(new DdpmProvider(), settings, Kind.ESTIMATE, x, width);
    for (int i = 0; i < 4; i++) {
      assertThat(nats[i]).isCloseTo(nats(x, i, width, deviation), within(0.005 * width));
    }
  }

  /**
   * ε̂ = 0: x₀ − x̂₀ = −σ ε / α, so that E L_{t−1} = D/2 (SNR(t − 1) − SNR(t)) / SNR(t), and E L_0
   * = D (½ σ₁² / (α₁² β₁) + ½ ln 2πβ₁).
   */
  @Test
  void theBoundOfAnUntrainedNetworkIsKnown() {
    int count = 400;
    double last = 1 - alphaBar()[100];
    double expected = boundWithoutPrior() + (last - 1 - Math.log(last)) / 2;
    float[] x = new float[2 * count];
    double[] nats =
        score(new DdpmProvider(), Map.of("prediction", "epsilon"), Kind.LOWER_BOUND, x, 2);
    double mean = Arrays.stream(nats).average().orElseThrow();
    double variance = Arrays.stream(nats).map(v -> (v - mean) * (v - mean)).sum() / count;
    assertThat(mean).isCloseTo(2 * expected, within(5 * Math.sqrt(variance / count)));
  }

  /** Σ L_{t−1} + L_0 of x₀ = 0 in nats, for each number. */
  private static double boundWithoutPrior() {
    double[] alphaBar = alphaBar();
    double sum = 0;
    for (int t = 2; t <= 100; t++) {
      sum += (snr(alphaBar[t - 1]) / snr(alphaBar[t]) - 1) / 2;
    }
    return sum + 0.5 / alphaBar[1] + (LOG_TWO_PI + Math.log(1 - alphaBar[1])) / 2;
  }

  /** Answering 0 misses ε by 1, and v = α ε − σ x₀ by ᾱ + (1 − ᾱ) x₀², in the mean square. */
  @Test
  void theSimpleLossOfAnUntrainedNetworkIsTheMeanSquareOfItsTarget() {
    float[] x = points(1000, 2);
    double square = IntStream.range(0, x.length).mapToDouble(i -> x[i] * x[i]).sum() / x.length;
    double kept = Arrays.stream(alphaBar()).skip(1).average().orElseThrow();
    assertThat(loss("epsilon", "simple", x)).isCloseTo(1, within(0.02));
    assertThat(loss("x0", "simple", x)).isCloseTo(square, within(1e-5));
    assertThat(loss("v", "simple", x)).isCloseTo(kept + (1 - kept) * square, within(0.02));
  }

  /** T times a term at uniform t has the whole sum as its mean. */
  @Test
  void theVariationalLossOfAnUntrainedNetworkIsItsBound() {
    double expected = 2 * boundWithoutPrior();
    assertThat(loss("epsilon", "vlb", new float[2000])).isCloseTo(expected, withinPercentage(4));
  }

  /** Mean of the losses of 40 updates that change nothing. */
  private static double loss(String prediction, String objective, float[] x) {
    Map<String, Object> settings =
        Map.of(
            "width",
            8,
            "timesteps",
            100,
            "batch",
            x.length / 2,
            "learning_rate",
            0,
            "prediction",
            prediction,
            "objective",
            objective);
    DdpmProvider provider = new DdpmProvider();
    DataSpec spec = DataSpec.of(new Modality.Tabular(2));
    Batch batch = Batch.of(new Values.Dense(Shape.of(2), x));
    try (Backend backend = Backends.open(1);
        GenerativeModel<?> model =
            provider.create(
                Configs.bind(provider.configType(), settings),
                TestContext.of(backend, 3, spec, batch))) {
      ToyBatches batches = new ToyBatches(spec, batch, RandomStream.root(6));
      return IntStream.range(0, 40)
          .mapToDouble(i -> model.train(batches).loss())
          .average()
          .orElseThrow();
    }
  }

  private static double snr(double alphaBar) {
    return alphaBar / (1 - alphaBar);
  }

  /** Linear from 0.001 to 0.2 over 100 timesteps. */
  private static double[] alphaBar() {
    double[] alphaBar = new double[101];
    alphaBar[0] = 1;
    for (int t = 1; t <= 100; t++) {
      alphaBar[t] = alphaBar[t - 1] * (1 - (0.001 + 0.199 * (t - 1) / 99));
    }
    return alphaBar;
  }

  private static float[] points(int count, int width) {
    float[] x = new float[count * width];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) Math.sin(i);
    }
    return x;
  }

  private static double nats(float[] x, int example, int width, double deviation) {
    return IntStream.range(example * width, (example + 1) * width)
        .mapToDouble(
            k -> x[k] * x[k] / (2 * deviation * deviation) + Math.log(deviation) + LOG_TWO_PI / 2)
        .sum();
  }

  private static <C extends Record, S extends Record> double[] score(
      ModelProvider<C, S> provider, Map<String, Object> settings, Kind kind, float[] x, int width) {
    Map<String, Object> small = new HashMap<>(settings);
    small.put("width", 8);
    if (provider instanceof DdpmProvider) {
      small.put("timesteps", 100);
    }
    DataSpec spec = DataSpec.of(new Modality.Tabular(width));
    Batch batch = Batch.of(new Values.Dense(Shape.of(width), x));
    try (Backend backend = Backends.open(1);
        GenerativeModel<S> model =
            provider.create(
                Configs.bind(provider.configType(), small),
                TestContext.of(backend, 3, spec, batch))) {
      Scorer scorer = (Scorer) model;
      return scorer.methods(1).stream()
          .filter(method -> method.kind() == kind)
          .findFirst()
          .map(method -> scorer.score(batch, method, RandomStream.root(5), 0))
          .orElseThrow();
    }
  }
}
