package dev.assay.plugins.autoregressive.pixelcnn;

import com.google.auto.service.AutoService;
import dev.assay.plugins.autoregressive.pixels.PixelData;
import dev.assay.plugins.autoregressive.pixels.PixelModel;
import dev.assay.plugins.autoregressive.pixels.PixelSampler;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.ModelCard;
import dev.assay.spi.ModelContext;
import dev.assay.spi.ModelProvider;

/** The gated PixelCNN over images of one channel. */
@AutoService(ModelProvider.class)
public final class PixelCnnProvider implements ModelProvider<PixelCnnConfig, PixelSampler> {
  @Override
  public String id() {
    return "pixelcnn";
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "Gated PixelCNN",
        "autoregressive",
        "van den Oord, Kalchbrenner, Vinyals, Espeholt, Graves and Kavukcuoglu, Conditional Image"
            + " Generation with PixelCNN Decoders",
        2016,
        "gated units: eq. 2; two stacks without a blind spot: §2.2 and figure 2; classes: eq. 4");
  }

  @Override
  public Class<PixelCnnConfig> configType() {
    return PixelCnnConfig.class;
  }

  @Override
  public Class<PixelSampler> samplerType() {
    return PixelSampler.class;
  }

  @Override
  public Fit fits(PixelCnnConfig config, DataSpec spec) {
    return PixelData.fitGrey(spec, config.conditional());
  }

  @Override
  public GenerativeModel<PixelSampler> create(PixelCnnConfig config, ModelContext context) {
    PixelData data = PixelData.of(context.spec(), config.conditional());
    return new PixelModel(
        config.training(), data, context, store -> PixelCnnNetwork.create(store, config, data));
  }
}
