package dev.assay.plugins.recurrent.seq2seq;

import com.google.auto.service.AutoService;
import dev.assay.nn.ParameterStore;
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

/** Sequence to sequence by recurrent cells with attention. */
@AutoService(ModelProvider.class)
public final class Seq2SeqProvider implements ModelProvider<Seq2SeqConfig, TextSampler> {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;

  @Override
  public String id() {
    return "seq2seq";
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "Sequence to sequence with attention",
        "recurrent",
        "Luong, Pham and Manning, Effective Approaches to Attention-based Neural Machine Translation",
        2015,
        "global attention, general score: §3.1; encoder in both directions: Bahdanau et al. 2015;"
            + " encoder and decoder: Sutskever et al. 2014");
  }

  @Override
  public Class<Seq2SeqConfig> configType() {
    return Seq2SeqConfig.class;
  }

  @Override
  public Class<TextSampler> samplerType() {
    return TextSampler.class;
  }

  @Override
  public Fit fits(Seq2SeqConfig config, DataSpec spec) {
    return PairModel.fit(spec);
  }

  @Override
  public GenerativeModel<TextSampler> create(Seq2SeqConfig config, ModelContext context) {
    PairCoding coding =
        new PairCoding(
            new TextCoding(context.tokenizer(config.sourceSpec()), Form.DOCUMENTS),
            new TextCoding(context.tokenizer(config.targetSpec()), Form.DOCUMENTS),
            config.longest());
    ParameterStore store = new ParameterStore(context.backend(), context.random().child("weights"));
    Seq2SeqNetwork network =
        Seq2SeqNetwork.create(store, config, coding.source().inputs(), coding.target().inputs());
    return new PairModel(
        context,
        coding,
        store,
        network,
        new PairModel.Training(
            config.batch(),
            config.longest(),
            config.dropout(),
            config.labelSmoothing(),
            config.tuning().schedule(),
            BETA1,
            BETA2,
            config.tuning().weightDecay(),
            config.tuning().clip()));
  }
}
