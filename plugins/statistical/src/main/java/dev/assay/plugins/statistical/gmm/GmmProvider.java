package dev.assay.plugins.statistical.gmm;

import com.google.auto.service.AutoService;
import dev.assay.plugins.statistical.Unconditional;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Modality;
import dev.assay.spi.ModelCard;
import dev.assay.spi.ModelContext;
import dev.assay.spi.ModelProvider;

/** Mixture of Gaussians. */
@AutoService(ModelProvider.class)
public final class GmmProvider implements ModelProvider<GmmConfig, GmmSampler> {
  @Override
  public String id() {
    return "gmm";
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "Gaussian mixture",
        "statistical",
        "Dempster, Laird and Rubin, Maximum likelihood from incomplete data via the EM algorithm",
        1977,
        "EM for normal mixtures, §4.3; start: k-means++ (Arthur and Vassilvitskii 2007, §2.2)");
  }

  @Override
  public Class<GmmConfig> configType() {
    return GmmConfig.class;
  }

  @Override
  public Class<GmmSampler> samplerType() {
    return GmmSampler.class;
  }

  @Override
  public Fit fits(GmmConfig config, DataSpec spec) {
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
  public GenerativeModel<GmmSampler> create(GmmConfig config, ModelContext context) {
    return new GmmModel(config, Unconditional.item(context.spec()), context);
  }
}
