package dev.assay.plugins.vae.autoencoder;

import com.google.auto.service.AutoService;
import dev.assay.plugins.vae.Fits;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.ModelCard;
import dev.assay.spi.ModelContext;
import dev.assay.spi.ModelProvider;

/** The autoencoder, with a mixture over its codes. */
@AutoService(ModelProvider.class)
public final class AutoencoderProvider
    implements ModelProvider<AutoencoderConfig, AutoencoderSampler> {
  @Override
  public String id() {
    return "ae";
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "Autoencoder",
        "vae",
        "Hinton and Salakhutdinov, Reducing the Dimensionality of Data with Neural Networks",
        2006,
        "reconstruction by gradient descent; prior of the codes: Gaussian mixture by"
            + " stepwise EM (Cappé and Moulines 2009, eq. 11)");
  }

  @Override
  public Class<AutoencoderConfig> configType() {
    return AutoencoderConfig.class;
  }

  @Override
  public Class<AutoencoderSampler> samplerType() {
    return AutoencoderSampler.class;
  }

  @Override
  public Fit fits(AutoencoderConfig config, DataSpec spec) {
    return Fits.alone(spec, config.training().likelihood(), config.architecture().network());
  }

  @Override
  public GenerativeModel<AutoencoderSampler> create(
      AutoencoderConfig config, ModelContext context) {
    return new AutoencoderModel(config, context);
  }
}
