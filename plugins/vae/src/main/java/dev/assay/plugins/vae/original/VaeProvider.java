package dev.assay.plugins.vae.original;

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

/** The variational autoencoder over images and tables. */
@AutoService(ModelProvider.class)
public final class VaeProvider implements ModelProvider<VaeConfig, VaeSampler> {
  @Override
  public String id() {
    return "vae";
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "Variational autoencoder",
        "vae",
        "Kingma and Welling, Auto-Encoding Variational Bayes",
        2013,
        "bound: eq. 7 and appendix B; reparameterisation: §2.4; networks: appendix C;"
            + " importance-weighted scores: Burda et al. 2016, eq. 8;"
            + " discretised logistic: Salimans et al. 2017, §2.1;"
            + " completions: Rezende et al. 2014, appendix F");
  }

  @Override
  public Class<VaeConfig> configType() {
    return VaeConfig.class;
  }

  @Override
  public Class<VaeSampler> samplerType() {
    return VaeSampler.class;
  }

  @Override
  public Fit fits(VaeConfig config, DataSpec spec) {
    return Fits.alone(spec, config.training().likelihood(), config.architecture().network());
  }

  @Override
  public GenerativeModel<VaeSampler> create(VaeConfig config, ModelContext context) {
    return new LatentModel(config.recipe(), context);
  }
}
