package dev.assay.plugins.statistical.ar;

import com.google.auto.service.AutoService;
import dev.assay.plugins.statistical.Unconditional;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Modality;
import dev.assay.spi.ModelCard;
import dev.assay.spi.ModelContext;
import dev.assay.spi.ModelProvider;

/** AR(p). */
@AutoService(ModelProvider.class)
public final class ArProvider implements ModelProvider<ArConfig, ArSampler> {
  @Override
  public String id() {
    return "ar";
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "Linear autoregression",
        "statistical",
        "Yule, On a method of investigating periodicities in disturbed series",
        1927,
        "AR(p) by conditional least squares (Box and Jenkins 1970, §7.2); the first p steps by regressions of their own");
  }

  @Override
  public Class<ArConfig> configType() {
    return ArConfig.class;
  }

  @Override
  public Class<ArSampler> samplerType() {
    return ArSampler.class;
  }

  @Override
  public Fit fits(ArConfig config, DataSpec spec) {
    return Unconditional.fit(
        spec,
        x ->
            switch (x) {
              case Modality.Image _ -> Fit.continuous();
              case Modality.Tabular _ -> Fit.raw();
              case Modality.Text _, Modality.Audio _, Modality.Label _, Modality.Nothing _ ->
                  Unconditional.wants("series: tables whose rows are, or images", x);
            });
  }

  @Override
  public GenerativeModel<ArSampler> create(ArConfig config, ModelContext context) {
    return new ArModel(config, Unconditional.item(context.spec()));
  }
}
