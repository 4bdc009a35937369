package dev.assay.plugins.vae.vqvae;

import com.google.auto.service.AutoService;
import dev.assay.plugins.vae.Fits;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.ModelCard;
import dev.assay.spi.ModelContext;
import dev.assay.spi.ModelProvider;

/** The VQ-VAE with a prior over its codes. */
@AutoService(ModelProvider.class)
public final class VqVaeProvider implements ModelProvider<VqVaeConfig, VqVaeSampler> {
  @Override
  public String id() {
    return "vq-vae";
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "VQ-VAE",
        "vae",
        "van den Oord, Vinyals and Kavukcuoglu, Neural Discrete Representation Learning",
        2017,
        "quantisation: eqs. 1 and 2; objective: eq. 3 with the codebook by averages, appendix A.1;"
            + " prior: causal transformer in the place of PixelCNN");
  }

  @Override
  public Class<VqVaeConfig> configType() {
    return VqVaeConfig.class;
  }

  @Override
  public Class<VqVaeSampler> samplerType() {
    return VqVaeSampler.class;
  }

  @Override
  public Fit fits(VqVaeConfig config, DataSpec spec) {
    return Fits.alone(spec, config.training().likelihood(), config.architecture().network());
  }

  @Override
  public GenerativeModel<VqVaeSampler> create(VqVaeConfig config, ModelContext context) {
    return new VqVaeModel(config, context);
  }
}
