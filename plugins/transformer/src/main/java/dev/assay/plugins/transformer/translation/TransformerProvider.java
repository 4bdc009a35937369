package dev.assay.plugins.transformer.translation;

import com.google.auto.service.AutoService;
import dev.assay.nn.ParameterStore;
import dev.assay.plugins.transformer.lora.Adapters;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Modality.Text.Form;
import dev.assay.spi.ModelCard;
import dev.assay.spi.ModelContext;
import dev.assay.spi.ModelProvider;
import dev.assay.spi.pairs.PairCoding;
import dev.assay.spi.pairs.PairModel;
import dev.assay.spi.text.TextCoding;
import dev.assay.spi.text.TextSampler;

/** The transformer of 2017. */
@AutoService(ModelProvider.class)
public final class TransformerProvider implements ModelProvider<TransformerConfig, TextSampler> {
  static final String PAPER =
      "Vaswani, Shazeer, Parmar, Uszkoreit, Jones, Gomez, Kaiser and Polosukhin, Attention Is All"
          + " You Need";
  static final int YEAR = 2017;

  /** Of Adam, as in §5.3. */
  static final double BETA1 = 0.9;

  static final double BETA2 = 0.98;

  @Override
  public String id() {
    return "transformer";
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "Transformer",
        "transformer",
        PAPER,
        YEAR,
        "encoder and decoder: §3; schedule: eq. 3; label smoothing and dropout: §5.4");
  }

  @Override
  public Class<TransformerConfig> configType() {
    return TransformerConfig.class;
  }

  @Override
  public Class<TextSampler> samplerType() {
    return TextSampler.class;
  }

  @Override
  public Fit fits(TransformerConfig config, DataSpec spec) {
    return PairModel.fit(spec);
  }

  @Override
  public GenerativeModel<TextSampler> create(TransformerConfig config, ModelContext context) {
    PairCoding coding =
        new PairCoding(
            new TextCoding(context.tokenizer(config.sourceSpec()), Form.DOCUMENTS),
            new TextCoding(context.tokenizer(config.targetSpec()), Form.DOCUMENTS),
            config.longest());
    return model(
        context,
        coding,
        config.style(),
        config.joint(),
        new PairModel.Training(
            config.batch(),
            config.longest(),
            config.dropout(),
            config.labelSmoothing(),
            config.schedule(),
            BETA1,
            BETA2,
            0,
            config.clip()),
        Adapters.NONE);
  }

  /**
   * @param joint whether both sides share their table
   * @param adapters what of it is trained
   */
  static PairModel model(
      ModelContext context,
      PairCoding coding,
      LayerStyle style,
      boolean joint,
      PairModel.Training training,
      Adapters adapters) {
    ParameterStore store = new ParameterStore(context.backend(), context.random().child("weights"));
    return new PairModel(
        context,
        coding,
        store,
        network(adapters.in(store), coding, style, joint),
        network(store.merged(), coding, style, joint),
        training);
  }

  private static TransformerNetwork network(
      ParameterStore store, PairCoding coding, LayerStyle style, boolean joint) {
    return TransformerNetwork.create(
        store, style, joint, coding.source().inputs(), coding.target().inputs());
  }
}
