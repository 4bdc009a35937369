package dev.assay.plugins.gan.original;

import dev.assay.plugins.gan.game.TruncationSampler;
import dev.assay.testkit.ModelContract;
import dev.assay.testkit.Toy;
import java.util.List;

final class GanContractTest extends ModelContract<GanConfig, TruncationSampler> {
  GanContractTest() {
    super("gan", small(Toy.table()), small(Toy.images(5).labelled(2)));
  }

  private static Toy small(Toy toy) {
    return toy.with("latent", 4)
        .with("hidden", List.of(32))
        .with("batch", 32)
        .with("learning_rate", 5e-3)
        .updates(200);
  }

  @Override
  protected Progress progress() {
    return Progress.SAMPLES_APPROACH;
  }
}
