package dev.assay.plugins.statistical.hmm;

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

/** The hidden Markov model. */
@AutoService(ModelProvider.class)
public final class HmmProvider implements ModelProvider<HmmConfig, HmmSampler> {
  private static final int MOST_LEVELS = 64;

  @Override
  public String id() {
    return "hmm";
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "Hidden Markov model",
        "statistical",
        "Rabiner, A tutorial on hidden Markov models",
        1989,
        "scaled forward and backward: eqs. 91 to 94; Viterbi: eqs. 104 and 105; Baum-Welch: eqs. 109 to 111");
  }

  @Override
  public Class<HmmConfig> configType() {
    return HmmConfig.class;
  }

  @Override
  public Class<HmmSampler> samplerType() {
    return HmmSampler.class;
  }

  @Override
  public Fit fits(HmmConfig config, DataSpec spec) {
    return Unconditional.fit(
        spec,
        x ->
            switch (x) {
              case Modality.Image(int _, int _, int _, int levels) ->
                  levels <= MOST_LEVELS
                      ? Fit.raw()
                      : Fit.no(
                          "it counts levels, and %d of them are more than %d; binarize the images"
                              .formatted(levels, MOST_LEVELS));
              case Modality.Tabular _, Modality.Text _ -> Fit.raw();
              case Modality.Audio _, Modality.Label _, Modality.Nothing _ ->
                  Unconditional.wants("text, images, or tables whose rows are series", x);
            });
  }

  @Override
  public GenerativeModel<HmmSampler> create(HmmConfig config, ModelContext context) {
    return switch (((DataSpec.Conditional) context.spec()).x()) {
      case Modality.Text(Modality.Text.Form form) ->
          new TextModel(
              config, form, context.tokenizer(TokenizerSpec.of(config.tokenizer())), context);
      case Modality.Image image -> SeriesModel.ofImages(config, image, context);
      case Modality.Tabular _ -> SeriesModel.ofTable(config, context);
      case Modality.Audio _, Modality.Label _, Modality.Nothing _ ->
          throw new IllegalArgumentException("the HMM does not fit " + context.spec());
    };
  }
}
