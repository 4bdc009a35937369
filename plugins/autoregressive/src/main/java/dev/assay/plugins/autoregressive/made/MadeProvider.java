package dev.assay.plugins.autoregressive.made;

import com.google.auto.service.AutoService;
import dev.assay.plugins.autoregressive.pixels.PixelData;
import dev.assay.plugins.autoregressive.pixels.PixelModel;
import dev.assay.plugins.autoregressive.pixels.PixelSampler;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Modality;
import dev.assay.spi.ModelCard;
import dev.assay.spi.ModelContext;
import dev.assay.spi.ModelProvider;

/** MADE over images. */
@AutoService(ModelProvider.class)
public final class MadeProvider implements ModelProvider<MadeConfig, PixelSampler> {
  /** Most numbers of one image in one-hot form, which is the width of the outer layers. */
  private static final int MOST_UNITS = 1 << 16;

  @Override
  public String id() {
    return "made";
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "MADE",
        "autoregressive",
        "Germain, Gregor, Murray and Larochelle, MADE: Masked Autoencoder for Distribution"
            + " Estimation",
        2015,
        "masks of hidden layers and outputs, and direct connections: §3 and §4.1; several orders and"
            + " connectivities, and their mixture: §4.2 and §4.3");
  }

  @Override
  public Class<MadeConfig> configType() {
    return MadeConfig.class;
  }

  @Override
  public Class<PixelSampler> samplerType() {
    return PixelSampler.class;
  }

  @Override
  public Fit fits(MadeConfig config, DataSpec spec) {
    Fit fit = PixelData.fit(spec, config.conditional());
    if (fit instanceof Fit.Yes && spec instanceof DataSpec.Conditional(Modality.Image image, _)) {
      long units = (long) image.size() * (image.levels() == 2 ? 1 : image.levels());
      if (units > MOST_UNITS) {
        return Fit.no("it has a unit for each level of each pixel, at most 65536, not " + units);
      }
    }
    return fit;
  }

  @Override
  public GenerativeModel<PixelSampler> create(MadeConfig config, ModelContext context) {
    PixelData data = PixelData.of(context.spec(), config.conditional());
    Masks masks =
        Masks.draw(
            data.pixels(), config.hidden(), config.orders(), context.random().child("masks"));
    return new PixelModel(
        config.training(), data, context, store -> MadeNetwork.create(store, config, data, masks));
  }
}
