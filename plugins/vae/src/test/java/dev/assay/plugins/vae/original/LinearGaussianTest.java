package dev.assay.plugins.vae.original;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.plugins.vae.VaeSampler;
import dev.assay.spi.Batch;
import dev.assay.spi.Configs;
import dev.assay.spi.DataSpec;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.LatentLikelihood;
import dev.assay.spi.Modality;
import dev.assay.spi.SampleRequest;
import dev.assay.spi.ScoreMethod;
import dev.assay.spi.Scorer;
import dev.assay.spi.Values;
import dev.assay.tensor.Backend;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.testkit.Backends;
import dev.assay.testkit.MapStateStore;
import dev.assay.testkit.TestContext;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A decoder without hidden layers, x = 2 z + 1 + ε with ε of deviation ½, has p(x) = N(1, 4.25) and
 * p(z | x) = N(8 (x − 1) / 17, 1 / 17): every bound has a closed form.
 */
class LinearGaussianTest {
  private static final double MARGINAL_VARIANCE = 4.25;
  private static final int COUNT = 400;

  private final Backend backend = Backends.open(1);
  private final Batch data = data();
  private GenerativeModel<VaeSampler> model;

  @BeforeEach
  void create() {
    VaeConfig config =
        Configs.bind(VaeConfig.class, Map.of("latent", 1, "hidden", List.of(), "batch", 4));
    model =
        new VaeProvider()
            .create(config, TestContext.of(backend, 1, DataSpec.of(new Modality.Tabular(1)), data));
  }

  @AfterEach
  void close() {
    model.close();
    backend.close();
  }

  private static Batch data() {
    RandomStream random = RandomStream.root(2);
    float[] x = new float[COUNT];
    for (int i = 0; i < COUNT; i++) {
      x[i] = (float) (1 + Math.sqrt(MARGINAL_VARIANCE) * random.nextGaussian());
    }
    return Batch.of(new Values.Dense(Shape.of(1), x));
  }

  /** Sets the decoder as above, and q(z | x) = N(gain · (x − 1), variance). */
  private void set(double gain, double variance) {
    MapStateStore trained = new MapStateStore();
    model.save(trained);
    MapStateStore state = new MapStateStore();
    Map<String, double[]> chosen =
        Map.of(
            "encoder.0.weight", new double[] {gain, 0},
            "encoder.0.bias", new double[] {-gain, Math.log(variance)},
            "decoder.0.weight", new double[] {2, 0},
            "decoder.0.bias", new double[] {1, Math.log(0.5)});
    for (String name : trained.names()) {
      if (chosen.containsKey(name)) {
        double[] values = chosen.get(name);
        Shape shape = name.endsWith("bias") ? Shape.of(2) : Shape.of(1, 2);
        state.putFloats(name, shape, new float[] {(float) values[0], (float) values[1]});
      } else if (name.equals("steps")) {
        state.putLongs(name, 0);
      } else {
        Shape shape =
            name.endsWith("step")
                ? Shape.SCALAR
                : name.endsWith("bias") ? Shape.of(2) : Shape.of(1, 2);
        state.putFloats(name, shape, new float[shape.size()]);
      }
    }
    model.restore(state);
  }

  private double[] score(String id, int samples) {
    Scorer scorer = (Scorer) model;
    ScoreMethod method =
        scorer.methods(samples).stream().filter(m -> m.id().equals(id)).findFirst().orElseThrow();
    return scorer.score(data, method, RandomStream.root(3), 0);
  }

  private double[] exact() {
    double[] nats = new double[COUNT];
    for (int i = 0; i < COUNT; i++) {
      double off = data.dense().data()[i] - 1;
      nats[i] =
          0.5 * Math.log(2 * Math.PI * MARGINAL_VARIANCE) + off * off / (2 * MARGINAL_VARIANCE);
    }
    return nats;
  }

  @Test
  void withTheTruePosteriorEveryWeightIsTheMarginalLikelihood() {
    set(8 / 17.0, 1 / 17.0);
    assertThat(score("iwae", 1)).containsExactly(exact(), within(1e-4));
    assertThat(score("iwae", 70)).containsExactly(exact(), within(1e-4));
  }

  @Test
  void theEvidenceBoundFallsShortByTheDivergenceFromTheTruePosterior() {
    set(0.4, 0.09);
    double[] bound = score("elbo", 1);
    double[] exact = exact();
    double excess = 0;
    for (int i = 0; i < COUNT; i++) {
      double off = data.dense().data()[i] - 1;
      double gap = (0.4 - 8 / 17.0) * off;
      // KL(N(m, v) ‖ N(m + gap, 1/17))
      double divergence = 0.5 * (17 * (0.09 + gap * gap) - 1 - Math.log(17 * 0.09));
      excess += (bound[i] - exact[i] - divergence) / COUNT;
    }
    // One draw's term 2 (x − 1 − 2 z)² has deviation below 3; 32 draws of 400 examples.
    assertThat(excess).isCloseTo(0, within(4 * 3 / Math.sqrt(32.0 * COUNT)));
  }

  @Test
  void boundsTightenWithMoreDrawsAndNeverPassTheTruth() {
    set(0.3, 0.2);
    double exact = mean(exact());
    double elbo = mean(score("elbo", 1));
    double five = mean(score("iwae", 5));
    double many = mean(score("iwae", 500));
    assertThat(elbo).isGreaterThan(five + 0.1);
    assertThat(five).isGreaterThan(many + 0.05);
    assertThat(many).isGreaterThan(exact - 0.01).isLessThan(exact + 0.05);
  }

  @Test
  void anExampleScoresTheSameAloneAsAmongOthers() {
    set(0.3, 0.2);
    Scorer scorer = (Scorer) model;
    for (ScoreMethod method : scorer.methods(40)) {
      double[] all = scorer.score(data, method, RandomStream.root(3), 0);
      double[] some = scorer.score(data.range(37, 41), method, RandomStream.root(3), 37);
      assertThat(some).containsExactly(Arrays.copyOfRange(all, 37, 41));
    }
  }

  @Test
  void aLearntDecoderSamplesFromTheMarginal() {
    set(0, 1);
    int count = 20_000;
    float[] x = sample(count, 1);
    double mean = 0;
    double square = 0;
    for (float value : x) {
      mean += value / (double) count;
      square += (value - 1.0) * (value - 1.0) / count;
    }
    assertThat(mean).isCloseTo(1, within(5 * Math.sqrt(MARGINAL_VARIANCE / count)));
    assertThat(square)
        .isCloseTo(MARGINAL_VARIANCE, within(5 * MARGINAL_VARIANCE * Math.sqrt(2.0 / count)));
  }

  @Test
  void temperatureZeroGivesTheDecodedMeanOfThePrior() {
    set(0, 1);
    float[] x = sample(2000, 0);
    double square = 0;
    for (float value : x) {
      square += (value - 1.0) * (value - 1.0) / x.length;
    }
    // only the noise of the likelihood is left
    assertThat(square).isCloseTo(0.25, within(5 * 0.25 * Math.sqrt(2.0 / x.length)));
  }

  private float[] sample(int count, double temperature) {
    SampleRequest request = SampleRequest.of(count, RandomStream.root(4));
    Values drawn = model.sample(request, new VaeSampler(temperature, 1)).values();
    return ((Values.Dense) drawn).data();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  @Test
  void theLikelihoodOfACodeAndItsSlopeAreThoseOfTheDecoder() {
    set(0, 1);
    float[] z = new float[COUNT];
    for (int i = 0; i < COUNT; i++) {
      z[i] = (i % 7 - 3) / 2f;
    }
    LatentLikelihood.Slope slope =
        ((LatentLikelihood) model).logLikelihood(data, new Values.Dense(Shape.of(1), z));
    for (int i = 0; i < COUNT; i++) {
      double rest = data.dense().data()[i] - 2 * z[i] - 1;
      double value = -rest * rest / (2 * 0.25) - Math.log(2 * Math.PI * 0.25) / 2;
      assertThat(slope.values()[i]).isCloseTo(value, within(1e-5 * Math.max(1, -value)));
      assertThat(slope.gradients()[i]).isCloseTo((float) (2 * rest / 0.25), within(1e-3f));
    }
  }
}
