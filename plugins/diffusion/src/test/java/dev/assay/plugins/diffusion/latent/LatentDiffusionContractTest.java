package dev.assay.plugins.diffusion.latent;

import dev.assay.plugins.diffusion.ddpm.DdpmSampler;
import dev.assay.spi.BatchSource;
import dev.assay.spi.DataSpec;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Modality;
import dev.assay.spi.ModelContext;
import dev.assay.tensor.Shape;
import dev.assay.testkit.ModelContract;
import dev.assay.testkit.Toy;
import java.util.Map;

final class LatentDiffusionContractTest extends ModelContract<LatentDiffusionConfig, DdpmSampler> {
  LatentDiffusionContractTest() {
    super(
        "latent-diffusion",
        small(Toy.table()),
        small(Toy.images(3)).labelled(2).with("conditional", true).sampling("guidance", 2.0));
  }

  private static Toy small(Toy toy) {
    return toy.with("timesteps", 20)
        .with("width", 16)
        .with("depth", 1)
        .with("batch", 64)
        .updates(90);
  }

  @Override
  protected Map<String, GenerativeModel<?>> parents(ModelContext context, BatchSource batches) {
    return Map.of("autoencoder", codec(context));
  }

  private static MirrorCodec codec(ModelContext context) {
    return ((DataSpec.Conditional) context.spec()).x() instanceof Modality.Image image
        ? new MirrorCodec(Shape.of(image.height(), image.width(), image.channels()), image.levels())
        : new MirrorCodec(Shape.of(2), 0);
  }
}
