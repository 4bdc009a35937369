package dev.assay.testkit;

import com.google.auto.service.AutoService;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Modality;
import dev.assay.spi.ModelCard;
import dev.assay.spi.ModelContext;
import dev.assay.spi.ModelProvider;

/** Makes {@link CoinModel}s. */
@AutoService(ModelProvider.class)
public final class CoinProvider implements ModelProvider<CoinConfig, CoinSampler> {
  @Override
  public String id() {
    return "coin";
  }

  @Override
  public ModelCard card() {
    return new ModelCard("Coins", "test", "Bernoulli, Ars conjectandi", 1713, "p(x) = Π p(x_i)");
  }

  @Override
  public Class<CoinConfig> configType() {
    return CoinConfig.class;
  }

  @Override
  public Class<CoinSampler> samplerType() {
    return CoinSampler.class;
  }

  @Override
  public Fit fits(CoinConfig config, DataSpec spec) {
    return spec instanceof DataSpec.Conditional(Modality.Image image, _) && image.levels() == 2
        ? Fit.raw()
        : Fit.no("it models binary images");
  }

  @Override
  public GenerativeModel<CoinSampler> create(CoinConfig config, ModelContext context) {
    return new CoinModel(config);
  }
}
