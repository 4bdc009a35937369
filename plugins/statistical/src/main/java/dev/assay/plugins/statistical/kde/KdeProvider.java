package dev.assay.plugins.statistical.kde;

import com.google.auto.service.AutoService;
import dev.assay.plugins.statistical.Unconditional;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Modality;
import dev.assay.spi.ModelCard;
import dev.assay.spi.ModelContext;
import dev.assay.spi.ModelProvider;

/** Kernel density estimation. */
@AutoService(ModelProvider.class)
public final class KdeProvider implements ModelProvider<KdeConfig, KdeSampler> {
  @Override
  public String id() {
    return "kde";
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "Kernel density estimation",
        "statistical",
        "Parzen, On estimation of a probability density function and mode",
        1962,
        "density: eq. 1.1, Gaussian kernels; bandwidth: leave-one-out likelihood, Duin 1976");
  }

  @Override
  public Class<KdeConfig> configType() {
    return KdeConfig.class;
  }

  @Override
  public Class<KdeSampler> samplerType() {
    return KdeSampler.class;
  }

  @Override
  public Fit fits(KdeConfig config, DataSpec spec) {
    return Unconditional.fit(
        spec,
        x ->
            switch (x) {
              case Modality.Image _, Modality.Tabular _ -> Fit.continuous();
              case Modality.Text _, Modality.Audio _, Modality.Label _, Modality.Nothing _ ->
                  Unconditional.wants("images or tables", x);
            });
  }

  @Override
  public GenerativeModel<KdeSampler> create(KdeConfig config, ModelContext context) {
    return new KdeModel(config, Unconditional.item(context.spec()), context);
  }
}
