package dev.assay.plugins.vae.iwae;

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

/** The autoencoder trained on the importance-weighted bound. */
@AutoService(ModelProvider.class)
public final class IwaeProvider implements ModelProvider<IwaeConfig, VaeSampler> {
  @Override
  public String id() {
    return "iwae";
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "Importance-weighted autoencoder",
        "vae",
        "Burda, Grosse and Salakhutdinov, Importance Weighted Autoencoders",
        2016,
        "bound: eq. 8, its gradient by reparameterisation: eq. 13");
  }

  @Override
  public Class<IwaeConfig> configType() {
    return IwaeConfig.class;
  }

  @Override
  public Class<VaeSampler> samplerType() {
    return VaeSampler.class;
  }

  @Override
  public Fit fits(IwaeConfig config, DataSpec spec) {
    return Fits.alone(spec, config.training().likelihood(), config.architecture().network());
  }

  @Override
  public GenerativeModel<VaeSampler> create(IwaeConfig config, ModelContext context) {
    return new LatentModel(config.recipe(), context);
  }
}
