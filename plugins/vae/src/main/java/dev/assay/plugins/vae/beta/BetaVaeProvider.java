package dev.assay.plugins.vae.beta;

import com.google.auto.service.AutoService;
import dev.assay.plugins.vae.Fits;
import dev.assay.plugins.vae.LatentModel;
import dev.assay.plugins.vae.VaeSampler;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.ModelCard;
import dev.assay.spi.ModelContext;
import dev.assay.spi.ModelProvider;

/** The β-VAE: a variational autoencoder whose divergence counts β times. */
@AutoService(ModelProvider.class)
public final class BetaVaeProvider implements ModelProvider<BetaVaeConfig, VaeSampler> {
  @Override
  public String id() {
    return "beta-vae";
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "β-VAE",
        "vae",
        "Higgins et al., beta-VAE: Learning Basic Visual Concepts with a Constrained Variational Framework",
        2017,
        "objective: eq. 4; scores are of the bound without β");
  }

  @Override
  public Class<BetaVaeConfig> configType() {
    return BetaVaeConfig.class;
  }

  @Override
  public Class<VaeSampler> samplerType() {
    return VaeSampler.class;
  }

  @Override
  public Fit fits(BetaVaeConfig config, DataSpec spec) {
    return Fits.alone(spec, config.training().likelihood(), config.architecture().network());
  }

  @Override
  public GenerativeModel<VaeSampler> create(BetaVaeConfig config, ModelContext context) {
    return new LatentModel(config.recipe(), context);
  }
}
