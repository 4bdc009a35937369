package dev.assay.plugins.transformer.t5;

import com.google.auto.service.AutoService;
import dev.assay.nn.Embedding;
import dev.assay.nn.ParameterStore;
import dev.assay.nn.Schedule;
import dev.assay.plugins.transformer.lora.Adapters;
import dev.assay.plugins.transformer.translation.TransformerNetwork;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Modality;
import dev.assay.spi.ModelCard;
import dev.assay.spi.ModelContext;
import dev.assay.spi.ModelProvider;
import dev.assay.spi.TokenizerSpec.Side;
import dev.assay.spi.pairs.PairModel;
import dev.assay.spi.text.TextCoding;
import dev.assay.spi.text.TextSampler;

/** T5 from random weights. */
@AutoService(ModelProvider.class)
public final class T5Provider implements ModelProvider<T5Config, TextSampler> {
  static final String PAPER =
      "Raffel, Shazeer, Roberts, Lee, Narang, Matena, Zhou, Li and Liu, Exploring the Limits of"
          + " Transfer Learning with a Unified Text-to-Text Transformer";
  static final int YEAR = 2020;

  @Override
  public String id() {
    return "t5";
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "T5",
        "transformer",
        PAPER,
        YEAR,
        "network: §2.1; tasks from text to text: §2.4; hidden spans: §3.1.4 and 3.3.4");
  }

  @Override
  public Class<T5Config> configType() {
    return T5Config.class;
  }

  @Override
  public Class<TextSampler> samplerType() {
    return TextSampler.class;
  }

  @Override
  public Fit fits(T5Config config, DataSpec spec) {
    return fit(spec);
  }

  static Fit fit(DataSpec spec) {
    return TextToText.fits(spec)
        ? Fit.raw()
        : Fit.no("it learns texts, alone or under texts with an end of their own");
  }

  @Override
  public GenerativeModel<TextSampler> create(T5Config config, ModelContext context) {
    boolean pairs = PairModel.fits(context.spec());
    TextCoding coding =
        new TextCoding(
            context.tokenizer(config.tokenizerSpec(pairs ? Side.BOTH : Side.X)), form(context));
    T5Training training = config.training();
    return model(
        context,
        new TextToText(coding, config, training, pairs),
        Schedule.inverseSquareRoot(training.learningRate(), training.warmup()),
        Adapters.NONE);
  }

  static Modality.Text.Form form(ModelContext context) {
    return context.spec().x().textForm().orElseThrow();
  }

  /**
   * Sentinels are predicted in training only: what is scored and drawn is text.
   *
   * @param adapters what of it is trained
   */
  static PairModel model(ModelContext context, TextToText data, Schedule rate, Adapters adapters) {
    ParameterStore store = new ParameterStore(context.backend(), context.random().child("weights"));
    TransformerNetwork all = network(adapters.in(store), data);
    int choices = data.coding().choices();
    return new PairModel(
        context,
        data,
        store,
        data.training().denoising() > 0 ? all : all.predicting(choices),
        network(store.merged(), data).predicting(choices),
        data.training().by(rate, data.longest()));
  }

  private static TransformerNetwork network(ParameterStore store, TextToText data) {
    T5Config config = data.config();
    Embedding tokens =
        TransformerNetwork.table(store.scope("tokens"), data.inputs(), config.width());
    return TransformerNetwork.create(
        store,
        config.style(),
        tokens,
        tokens,
        RelativeBias.create(store.scope("encoder_bias"), config.heads(), true),
        RelativeBias.create(store.scope("decoder_bias"), config.heads(), false));
  }
}
