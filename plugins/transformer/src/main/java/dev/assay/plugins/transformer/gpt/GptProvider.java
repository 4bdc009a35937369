package dev.assay.plugins.transformer.gpt;

import com.google.auto.service.AutoService;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Modality;
import dev.assay.spi.Modality.Text.Form;
import dev.assay.spi.ModelCard;
import dev.assay.spi.ModelContext;
import dev.assay.spi.ModelProvider;
import dev.assay.spi.Tokenizer;
import dev.assay.spi.TokenizerSpec;
import dev.assay.spi.pairs.PairModel;
import dev.assay.spi.text.TextCoding;
import dev.assay.spi.text.TextSampler;
import java.util.Optional;

/** GPT over text, alone or under other text, and over images of few levels. */
@AutoService(ModelProvider.class)
public final class GptProvider implements ModelProvider<GptConfig, TextSampler> {
  private static final int MOST_LEVELS = 256;

  @Override
  public String id() {
    return "gpt";
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "GPT",
        "transformer",
        "Radford, Wu, Child, Luan, Amodei and Sutskever, Language Models are Unsupervised Multitask"
            + " Learners",
        2019,
        "pre-norm blocks and initialisation: §2.3; optimizer and schedule: nanoGPT; weight tying:"
            + " Press and Wolf 2017; pixels as tokens: Chen et al. 2020");
  }

  @Override
  public Class<GptConfig> configType() {
    return GptConfig.class;
  }

  @Override
  public Class<TextSampler> samplerType() {
    return TextSampler.class;
  }

  @Override
  public Fit fits(GptConfig config, DataSpec spec) {
    if (config.packed() && !documents(spec)) {
      return Fit.no("'packed' is for texts with an end of their own");
    }
    if (PairModel.fits(spec)) {
      return Fit.raw();
    }
    if (!(spec instanceof DataSpec.Conditional(Modality x, Modality condition))
        || !(condition instanceof Modality.Nothing || condition instanceof Modality.Label)) {
      return Fit.no(
          "GPT learns p(x), or texts under texts; it can leave labels aside, but no other"
              + " condition");
    }
    return switch (x) {
      case Modality.Text _, Modality.Audio _ -> Fit.raw();
      case Modality.Image image ->
          image.levels() <= MOST_LEVELS
              ? Fit.raw()
              : Fit.no(
                  "GPT takes images of up to "
                      + MOST_LEVELS
                      + " levels, these have "
                      + image.levels());
      case Modality.Tabular _, Modality.Label _, Modality.Nothing _ ->
          Fit.no("GPT learns text, sound, and images of up to " + MOST_LEVELS + " levels");
    };
  }

  private static boolean documents(DataSpec spec) {
    return spec instanceof DataSpec.Conditional(Modality x, _)
        && x.textForm().equals(Optional.of(Form.DOCUMENTS));
  }

  @Override
  public GenerativeModel<TextSampler> create(GptConfig config, ModelContext context) {
    if (PairModel.fits(context.spec())) {
      Tokenizer tokenizer = context.tokenizer(config.tokenizerSpec(TokenizerSpec.Side.BOTH));
      TextCoding coding = new TextCoding(tokenizer, Form.DOCUMENTS);
      return new GptModel(config, context, new PromptTokens(coding, config.block()));
    }
    Modality x = ((DataSpec.Conditional) context.spec()).x();
    return switch (x) {
      case Modality.Text _, Modality.Audio _ ->
          new GptModel(
              config,
              context,
              new TextTokens(
                  new TextCoding(
                      context.tokenizer(config.tokenizerSpec()), x.textForm().orElseThrow()),
                  config.block()));
      case Modality.Image image -> new GptModel(config, context, new ImageTokens(image));
      case Modality.Tabular _, Modality.Label _, Modality.Nothing _ ->
          throw new IllegalArgumentException("GPT does not fit " + x);
    };
  }
}
