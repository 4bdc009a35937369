package dev.assay.plugins.statistical.independent;

import com.google.auto.service.AutoService;
import dev.assay.plugins.statistical.Unconditional;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Modality;
import dev.assay.spi.ModelCard;
import dev.assay.spi.ModelContext;
import dev.assay.spi.ModelProvider;
import dev.assay.spi.TokenizerSpec;

/** Product of marginals: what any model of dependence must beat. */
@AutoService(ModelProvider.class)
public final class IndependentProvider
    implements ModelProvider<IndependentConfig, IndependentSampler> {
  @Override
  public String id() {
    return "independent";
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "Independent marginals",
        "statistical",
        "Laplace, Essai philosophique sur les probabilités",
        1814,
        "p(x) = Π p(x_i), each p(x_i) a smoothed relative frequency");
  }

  @Override
  public Class<IndependentConfig> configType() {
    return IndependentConfig.class;
  }

  @Override
  public Class<IndependentSampler> samplerType() {
    return IndependentSampler.class;
  }

  @Override
  public Fit fits(IndependentConfig config, DataSpec spec) {
    return Unconditional.fit(
        spec,
        x ->
            switch (x) {
              case Modality.Image _, Modality.Tabular _, Modality.Text _, Modality.Audio _ ->
                  Fit.raw();
              case Modality.Label _, Modality.Nothing _ ->
                  Unconditional.wants("images, tables, text or sound", x);
            });
  }

  @Override
  public GenerativeModel<IndependentSampler> create(
      IndependentConfig config, ModelContext context) {
    DataSpec.Conditional spec = (DataSpec.Conditional) context.spec();
    Marginals marginals =
        switch (spec.x()) {
          case Modality.Image image -> new LevelMarginals(image, config.smoothing());
          case Modality.Tabular(int columns) ->
              new ColumnMarginals(columns, config.bins(), config.smoothing());
          case Modality.Text _, Modality.Audio _ ->
              new TokenMarginals(
                  context.tokenizer(TokenizerSpec.of(config.tokenizer())),
                  spec.x().textForm().orElseThrow(),
                  config.smoothing());
          case Modality.Label _, Modality.Nothing _ ->
              throw new IllegalArgumentException("no marginals of " + spec.x());
        };
    return new IndependentModel(marginals);
  }
}
