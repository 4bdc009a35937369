package dev.assay.plugins.statistical.copula;

import com.google.auto.service.AutoService;
import dev.assay.plugins.statistical.Unconditional;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Modality;
import dev.assay.spi.ModelCard;
import dev.assay.spi.ModelContext;
import dev.assay.spi.ModelProvider;
import dev.assay.tensor.Shape;

/** The Gaussian copula. */
@AutoService(ModelProvider.class)
public final class CopulaProvider implements ModelProvider<CopulaConfig, CopulaSampler> {
  @Override
  public String id() {
    return "gaussian-copula";
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "Gaussian copula",
        "statistical",
        "Hoff, Extending the rank likelihood for semiparametric copula estimation",
        2007,
        "model: eqs. 1 and 2; density of continuous columns: Song 2000, eq. 5; discrete columns: SAEM (Delyon et al. 1999)");
  }

  @Override
  public Class<CopulaConfig> configType() {
    return CopulaConfig.class;
  }

  @Override
  public Class<CopulaSampler> samplerType() {
    return CopulaSampler.class;
  }

  @Override
  public Fit fits(CopulaConfig config, DataSpec spec) {
    return Unconditional.fit(
        spec,
        x ->
            switch (x) {
              case Modality.Image _ ->
                  config.discrete().isEmpty()
                      ? Fit.continuous()
                      : Fit.no("'discrete' names columns of a table, and x is an image");
              case Modality.Tabular(int columns) -> within(config, columns);
              case Modality.Text _, Modality.Audio _, Modality.Label _, Modality.Nothing _ ->
                  Unconditional.wants("images or tables", x);
            });
  }

  private static Fit within(CopulaConfig config, int columns) {
    return config.discrete().stream()
        .filter(column -> column >= columns)
        .findFirst()
        .map(column ->
            Fit.no(
                "'discrete' names column %d, and the columns are 0 to %d"
                    .formatted(column, columns - 1)))
        .orElse(Fit.continuous());
  }

  @Override
  public GenerativeModel<CopulaSampler> create(CopulaConfig config, ModelContext context) {
    Shape item = Unconditional.item(context.spec());
    return config.discrete().isEmpty()
        ? new ContinuousCopulaModel(config, item, context)
        : new MixedCopulaModel(config, item, context);
  }
}
