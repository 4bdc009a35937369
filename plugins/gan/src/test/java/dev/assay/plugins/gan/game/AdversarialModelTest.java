package dev.assay.plugins.gan.game;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.plugins.gan.game.AdversarialModel.Players;
import dev.assay.plugins.gan.network.ConvCritic;
import dev.assay.plugins.gan.network.ConvGenerator;
import dev.assay.plugins.gan.network.CriticNorm;
import dev.assay.plugins.gan.network.DataForm;
import dev.assay.spi.Modality;
import dev.assay.tensor.Backend;
import dev.assay.tensor.RandomStream;
import dev.assay.testkit.Backends;
import dev.assay.testkit.TestContext;
import dev.assay.testkit.Toy;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AdversarialModelTest {
  private static final Toy TOY = Toy.images(5);

  /** Batch-normalised generator with averages, critic of any normalisation. */
  private static AdversarialModel<TruncationSampler> model(
      Players players, TestContext context, CriticNorm norm, double averaging) {
    Modality.Image image = (Modality.Image) TOY.spec().x();
    LatentGame game =
        new LatentGame(
            3,
            ConvGenerator.create(players.generator(), image, 3, 4).within(DataForm.of(image)),
            ConvCritic.create(players.critic(), image, 4, norm),
            Loss.HINGE,
            null);
    Recipe.Learner adam = Recipe.Learner.adam(1e-2, 0, 0.9);
    Recipe recipe = new Recipe(8, 2, adam, adam, averaging);
    return new AdversarialModel<>(game, recipe, players, false, context);
  }

  @ParameterizedTest
  @EnumSource(CriticNorm.class)
  void aStepOfOnePlayerLeavesTheBitsOfTheOtherAlone(CriticNorm norm) {
    try (Backend backend = Backends.open(1)) {
      TestContext context = TestContext.of(backend, 1, TOY.spec(), TOY.train());
      Players players = Players.create(context);
      try (AdversarialModel<TruncationSampler> model = model(players, context, norm, 0.9)) {
        Map<String, float[]> start = state(players);
        model.stepCritic(TOY.train().range(0, 8), RandomStream.root(2));
        Map<String, float[]> later = state(players);
        assertThat(changed(start, later))
            .isNotEmpty()
            .allMatch(n -> n.startsWith("critic.") || n.startsWith("optimizer.critic."));
        model.stepGenerator(RandomStream.root(3));
        assertThat(changed(later, state(players)))
            .contains("generator.project.norm.mean", "average.generator.project.weight")
            .allMatch(n ->
                n.startsWith("generator.")
                    || n.startsWith("optimizer.generator.")
                    || n.startsWith("average.generator.")
                    || n.equals("average.updates"));
      }
    }
  }

  @Test
  void theAverageSoonForgetsTheInitialWeightsHoweverSlowItsDecay() {
    try (Backend backend = Backends.open(1)) {
      TestContext context = TestContext.of(backend, 1, TOY.spec(), TOY.train());
      Players players = Players.create(context);
      try (AdversarialModel<TruncationSampler> model =
          model(players, context, CriticNorm.NONE, 0.999)) {
        String weight = "generator.project.weight";
        float[] start = Objects.requireNonNull(state(players).get(weight));
        for (int i = 0; i < 20; i++) {
          model.stepCritic(TOY.train().range(0, 8), RandomStream.root(2).child(i));
          model.stepGenerator(RandomStream.root(3).child(i));
        }
        float[] now = Objects.requireNonNull(state(players).get(weight));
        float[] average = Objects.requireNonNull(state(players).get("average." + weight));
        assertThat(distance(average, now)).isLessThan(0.3 * distance(start, now));
      }
    }
  }

  @Test
  void truncatedLatentsStayWithinTheThresholdAndAreNormalThere() {
    int count = 20_000;
    float[] z = Latents.truncatedNormal(count, 1, RandomStream.root(1));
    double square = 0;
    for (float v : z) {
      assertThat(v).isBetween(-1f, 1f);
      square += (double) v * v / count;
    }
    // Variance of a normal within one deviation: 1 − 2 φ(1) / (2 Φ(1) − 1).
    assertThat(square).isBetween(0.2911 - 0.01, 0.2911 + 0.01);
    assertThat(Latents.truncatedNormal(5, 8, RandomStream.root(2)))
        .containsExactly(Latents.truncatedNormal(5, 7, RandomStream.root(2)));
  }

  private static double distance(float[] a, float[] b) {
    double squares = 0;
    for (int i = 0; i < a.length; i++) {
      squares += (a[i] - b[i]) * (double) (a[i] - b[i]);
    }
    return Math.sqrt(squares);
  }

  private static Map<String, float[]> state(Players players) {
    Map<String, float[]> state = new LinkedHashMap<>();
    players
        .store()
        .forEach((name, variable) -> {
          float[] values = new float[variable.shape().size()];
          variable.read(values);
          state.put(name, values);
        });
    return state;
  }

  private static Set<String> changed(Map<String, float[]> a, Map<String, float[]> b) {
    Set<String> names = new TreeSet<>();
    a.forEach((name, values) -> {
      if (!Arrays.equals(values, b.get(name))) {
        names.add(name);
      }
    });
    return names;
  }
}
