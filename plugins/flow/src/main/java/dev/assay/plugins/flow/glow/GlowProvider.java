package dev.assay.plugins.flow.glow;

import com.google.auto.service.AutoService;
import dev.assay.nn.ParameterStore;
import dev.assay.plugins.flow.Dequantization;
import dev.assay.plugins.flow.Domain;
import dev.assay.plugins.flow.Flow;
import dev.assay.plugins.flow.FlowProvider;
import dev.assay.plugins.flow.Squeeze;
import dev.assay.plugins.flow.Training;
import dev.assay.spi.ModelCard;
import dev.assay.spi.ModelProvider;
import dev.assay.tensor.RandomStream;
import java.util.Optional;

/** Glow over images. */
@AutoService(ModelProvider.class)
public final class GlowProvider extends FlowProvider<GlowConfig> {
  @Override
  public String id() {
    return "glow";
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "Glow",
        "flow",
        "Kingma and Dhariwal, Glow: Generative Flow with Invertible 1x1 Convolutions",
        2018,
        "steps of flow: table 1; 1x1 convolution by LU: eq. 10; multi-scale: figure 2");
  }

  @Override
  public Class<GlowConfig> configType() {
    return GlowConfig.class;
  }

  @Override
  protected Optional<String> misfit(GlowConfig config, Domain domain) {
    return domain.isImage() && Squeeze.fits(domain.item())
        ? Optional.empty()
        : Optional.of("Glow squeezes images, so that both sides must be even");
  }

  @Override
  protected boolean conditional(GlowConfig config) {
    return false;
  }

  @Override
  protected Training training(GlowConfig config) {
    return config.training();
  }

  @Override
  protected Dequantization dequantization(GlowConfig config) {
    return config.dequantization();
  }

  @Override
  protected Flow flow(GlowConfig config, Domain domain, ParameterStore store, RandomStream random) {
    return GlowFlow.create(config, domain, store, random);
  }
}
