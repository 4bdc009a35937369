package dev.assay.plugins.autoregressive.pixelsnail;

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

/** PixelSNAIL over images of one channel. */
@AutoService(ModelProvider.class)
public final class PixelSnailProvider implements ModelProvider<PixelSnailConfig, PixelSampler> {
  @Override
  public String id() {
    return "pixelsnail";
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "PixelSNAIL",
        "autoregressive",
        "Chen, Mishra, Rohaninejad and Abbeel, PixelSNAIL: An Improved Autoregressive Generative"
            + " Model",
        2018,
        "gated residual blocks and causal attention over all pixels before: §2 and figure 2");
  }

  @Override
  public Class<PixelSnailConfig> configType() {
    return PixelSnailConfig.class;
  }

  @Override
  public Class<PixelSampler> samplerType() {
    return PixelSampler.class;
  }

  @Override
  public Fit fits(PixelSnailConfig config, DataSpec spec) {
    return PixelData.fitGrey(spec, config.conditional());
  }

  @Override
  public GenerativeModel<PixelSampler> create(PixelSnailConfig config, ModelContext context) {
    PixelData data = PixelData.of(context.spec(), config.conditional());
    return new PixelModel(
        config.training(), data, context, store -> PixelSnailNetwork.create(store, config, data));
  }
}
