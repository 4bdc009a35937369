package dev.assay.plugins.autoregressive.made;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.plugins.autoregressive.pixels.PixelData;
import dev.assay.plugins.autoregressive.pixels.PixelSampler;
import dev.assay.plugins.autoregressive.pixels.Reach;
import dev.assay.spi.Batch;
import dev.assay.spi.Configs;
import dev.assay.spi.DataSpec;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Modality;
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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MadeNetworkTest {
  private static MadeConfig config(Map<String, ?> params) {
    return Configs.bind(MadeConfig.class, params);
  }

  @ParameterizedTest(name = "{0} levels")
  @ValueSource(ints = {2, 4})
  void inEachOrderAPixelSeesAllBeforeItAndNoneAfterIt(int levels) {
    PixelData data = new PixelData(new Modality.Image(3, 4, 1, levels), 0);
    MadeConfig config = config(Map.of("hidden", List.of(30, 25), "orders", 4));
    Masks masks = Masks.draw(12, config.hidden(), 4, RandomStream.root(1));
    for (int order = 0; order < 4; order++) {
      int[] place = masks.orders().get(order).getFirst();
      boolean[][] reach =
          Reach.of(data, order, store -> MadeNetwork.create(store, config, data, masks));
      for (int i = 0; i < 12; i++) {
        for (int j = 0; j < 12; j++) {
          assertThat(reach[i][j])
              .as("order %d, pixel %d sees pixel %d", order, i, j)
              .isEqualTo(place[j] < place[i]);
        }
      }
    }
  }

  @Test
  void theFirstOrderIsRowByRowAndTheOthersAreDifferentPermutations() {
    Masks masks = Masks.draw(9, List.of(20), 5, RandomStream.root(2));
    int[] natural = IntStream.range(0, 9).toArray();
    assertThat(masks.orders().getFirst().getFirst()).isEqualTo(natural);
    for (List<int[]> degrees : masks.orders()) {
      assertThat(Arrays.stream(degrees.getFirst()).sorted().toArray()).isEqualTo(natural);
      // 20 hidden units over the degrees 0 ... 7
      int[] counts = new int[8];
      Arrays.stream(degrees.get(1)).forEach(m -> counts[m]++);
      assertThat(counts).as("units of each degree").containsOnly(2, 3);
    }
    assertThat(masks.orders().stream().map(d -> Arrays.toString(d.getFirst())).distinct())
        .hasSize(5);
  }

  @Test
  void scoresAreThoseOfThePaperAtWeightsByHand() {
    DataSpec.Conditional spec = DataSpec.of(new Modality.Image(1, 2, 1, 2));
    Values.Dense x = new Values.Dense(Shape.of(1, 2, 1), new float[] {1, 1, 0, 1});
    MadeConfig config = config(Map.of("hidden", List.of(1), "activation", "tanh", "average", 0));
    try (Backend backend = Backends.open(1);
        GenerativeModel<PixelSampler> model =
            new MadeProvider().create(config, TestContext.of(backend, 1, spec, Batch.of(x)))) {
      MapStateStore state = new MapStateStore();
      model.save(state);
      // One hidden unit, which sees the first pixel and is seen by the second. What a mask hides
      // is 9 and must not matter. Scores are of the averages.
      state.replace("average.network.0.weight", 0.8f, 9);
      state.replace("average.network.0.bias", -0.3f);
      state.replace("average.network.output.weight", 9, 1.5f);
      state.replace("average.network.output.bias", 0.4f, -0.6f);
      state.replace("average.network.direct", 9, 0.25f, 9, 9);
      model.restore(state);
      Scorer scorer = (Scorer) model;
      double[] nats =
          scorer.score(Batch.of(x), scorer.methods(0).getFirst(), RandomStream.root(1), 0);
      double second = sigmoid(1.5 * Math.tanh(0.8 - 0.3) + 0.25 - 0.6);
      assertThat(nats[0]).isCloseTo(-Math.log(sigmoid(0.4) * second), within(1e-5));
      second = sigmoid(1.5 * Math.tanh(-0.3) - 0.6);
      assertThat(nats[1]).isCloseTo(-Math.log(sigmoid(-0.4) * second), within(1e-5));
      // one weight into the unit, one out of it, a direct one, and three biases
      assertThat(model.parameters()).isEqualTo(6);
    }
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
