package dev.assay.plugins.transformer.gpt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.nn.Rounding;
import dev.assay.spi.Configs;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Scorer;
import dev.assay.spi.text.TextSampler;
import dev.assay.tensor.Backend;
import dev.assay.tensor.RandomStream;
import dev.assay.testkit.Backends;
import dev.assay.testkit.TestContext;
import dev.assay.testkit.Toy;
import dev.assay.testkit.ToyBatches;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LoraTest {
  private final Toy toy = Toy.documents();

  private GenerativeModel<TextSampler> tuned(
      TestContext context, GenerativeModel<?> base, Map<String, Object> params) {
    return new LoraProvider()
        .create(Configs.bind(LoraConfig.class, params), context.with(Map.of("base", base)));
  }

  private double[] scores(GenerativeModel<?> model) {
    Scorer scorer = (Scorer) model;
    return scorer.score(toy.train(), scorer.methods(1).getFirst(), RandomStream.root(1), 0);
  }

  @Test
  void rankZeroIsTheRoundedBaseAndIsDoneAtOnce() {
    try (Backend backend = Backends.open(1)) {
      TestContext context = TestContext.of(backend, 3, toy.spec(), toy.train());
      try (GenerativeModel<TextSampler> base = LoraContractTest.base(context);
          GenerativeModel<TextSampler> model = tuned(context, base, Map.of("rank", 0));
          GenerativeModel<TextSampler> eight = tuned(context, base, Map.of("bits", 8));
          GenerativeModel<TextSampler> alone = tuned(context, base, Map.of("rank", 0, "bits", 8))) {
        assertThat(model.trained()).isZero();
        assertThat(model.parameters()).isEqualTo(base.parameters());
        // In one layer of width 8: qkv 8 x 24, out 8 x 8, up 8 x 32, down 32 x 8.
        assertThat(eight.trained()).isEqualTo(8 * (8 + 24 + 8 + 8 + 8 + 32 + 32 + 8));
        assertThat(scores(model)).containsExactly(scores(base));
        ToyBatches batches = new ToyBatches(toy.spec(), toy.train(), RandomStream.root(4));
        assertThat(alone.train(batches).finished()).isTrue();
        assertThat(scores(alone)).containsExactly(scores(eight), within(1e-5));
      }
    }
  }

  @Test
  void aStepIsTheLargestNumberOfItsGroupOverTheTopOfTheRange() {
    float[] byColumn = {127, -1, 63.4f, 0.5f};
    Rounding.apply(byColumn, 2, false, 8);
    assertThat(byColumn).containsExactly(new float[] {127, -1, 63, 64 / 127f}, within(1e-6f));
    float[] byRow = {3, 1.4f, 0, 0};
    Rounding.apply(byRow, 2, true, 3);
    assertThat(byRow).containsExactly(3, 1, 0, 0);
  }
}
