package dev.assay.plugins.diffusion.latent;

import com.google.auto.service.AutoService;
import dev.assay.plugins.diffusion.ddpm.DdpmSampler;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.LatentCodec;
import dev.assay.spi.Modality;
import dev.assay.spi.ModelCard;
import dev.assay.spi.ModelContext;
import dev.assay.spi.ModelProvider;
import java.util.Set;

/** Diffusion over the codes of a trained autoencoder. */
@AutoService(ModelProvider.class)
public final class LatentDiffusionProvider
    implements ModelProvider<LatentDiffusionConfig, DdpmSampler> {
  private static final String AUTOENCODER = "autoencoder";

  @Override
  public String id() {
    return "latent-diffusion";
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "Latent diffusion",
        "diffusion",
        "Rombach et al., High-Resolution Image Synthesis with Latent Diffusion Models",
        2022,
        "objective over codes: eq. 2; codes rescaled to unit deviation: appendix G; the diffusion"
            + " is that of ddpm");
  }

  @Override
  public Class<LatentDiffusionConfig> configType() {
    return LatentDiffusionConfig.class;
  }

  @Override
  public Class<DdpmSampler> samplerType() {
    return DdpmSampler.class;
  }

  @Override
  public Set<String> parents() {
    return Set.of(AUTOENCODER);
  }

  @Override
  public Fit fits(LatentDiffusionConfig config, DataSpec spec) {
    if (!(spec instanceof DataSpec.Conditional(Modality x, Modality condition))
        || !(condition instanceof Modality.Nothing || condition instanceof Modality.Label)) {
      return Fit.no("it learns p(x) or p(x | label), under no other condition");
    }
    if (config.training().conditional() && !(condition instanceof Modality.Label)) {
      return Fit.no("'conditional' needs data with labels");
    }
    return switch (x) {
      case Modality.Image _ -> encoding(config, Fit.raw());
      case Modality.Tabular _ -> encoding(config, Fit.continuous());
      case Modality.Text _, Modality.Audio _, Modality.Label _, Modality.Nothing _ ->
          Fit.no("it learns images and tables");
    };
  }

  private static Fit encoding(LatentDiffusionConfig config, Fit usual) {
    return switch (config.encoding()) {
      case AUTO -> usual;
      case RAW -> Fit.raw();
      case CONTINUOUS -> Fit.continuous();
      case DEQUANTIZED -> Fit.dequantized();
    };
  }

  /**
   * @throws IllegalArgumentException if the autoencoder has no codes
   */
  @Override
  public GenerativeModel<DdpmSampler> create(LatentDiffusionConfig config, ModelContext context) {
    GenerativeModel<?> parent = context.parent(AUTOENCODER);
    if (!(parent instanceof LatentCodec codec)) {
      throw new IllegalArgumentException(
          "parent 'autoencoder' has no codes; choose a model that has, such as vae or ae");
    }
    return new LatentDiffusionModel(config, context, codec, parent.parameters());
  }
}
