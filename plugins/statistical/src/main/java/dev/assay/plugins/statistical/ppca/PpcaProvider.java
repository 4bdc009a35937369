package dev.assay.plugins.statistical.ppca;

import com.google.auto.service.AutoService;
import dev.assay.plugins.statistical.Unconditional;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Modality;
import dev.assay.spi.ModelCard;
import dev.assay.spi.ModelContext;
import dev.assay.spi.ModelProvider;

/** Probabilistic PCA. */
@AutoService(ModelProvider.class)
public final class PpcaProvider implements ModelProvider<PpcaConfig, PpcaSampler> {
  @Override
  public String id() {
    return "ppca";
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "Probabilistic PCA",
        "statistical",
        "Tipping and Bishop, Probabilistic principal component analysis",
        1999,
        "model §3.1, maximum likelihood in closed form: eqs. 7 and 8");
  }

  @Override
  public Class<PpcaConfig> configType() {
    return PpcaConfig.class;
  }

  @Override
  public Class<PpcaSampler> samplerType() {
    return PpcaSampler.class;
  }

  @Override
  public Fit fits(PpcaConfig config, DataSpec spec) {
    return Unconditional.fit(
        spec,
        x ->
            switch (x) {
              case Modality.Image image -> below(config.latent(), image.size());
              case Modality.Tabular(int columns) -> below(config.latent(), columns);
              case Modality.Text _, Modality.Audio _, Modality.Label _, Modality.Nothing _ ->
                  Unconditional.wants("images or tables", x);
            });
  }

  private static Fit below(int latent, int size) {
    return latent < size
        ? Fit.continuous()
        : Fit.no("latent is " + latent + ", and must be below the " + size + " numbers of x");
  }

  @Override
  public GenerativeModel<PpcaSampler> create(PpcaConfig config, ModelContext context) {
    return new PpcaModel(config, Unconditional.item(context.spec()), context);
  }
}
