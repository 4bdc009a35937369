package dev.assay.plugins.vae.cvae;

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

/** The variational autoencoder of p(x | condition). */
@AutoService(ModelProvider.class)
public final class CvaeProvider implements ModelProvider<CvaeConfig, VaeSampler> {
  @Override
  public String id() {
    return "cvae";
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "Conditional VAE",
        "vae",
        "Sohn, Lee and Yan, Learning Structured Output Representation using Deep Conditional Generative Models",
        2015,
        "bound: eq. 4, with the prior p(z | y) = N(0, I)");
  }

  @Override
  public Class<CvaeConfig> configType() {
    return CvaeConfig.class;
  }

  @Override
  public Class<VaeSampler> samplerType() {
    return VaeSampler.class;
  }

  @Override
  public Fit fits(CvaeConfig config, DataSpec spec) {
    return Fits.conditional(spec, config.training().likelihood(), config.architecture().network());
  }

  @Override
  public GenerativeModel<VaeSampler> create(CvaeConfig config, ModelContext context) {
    return new LatentModel(config.recipe(context.spec()), context);
  }
}
