package dev.assay.plugins.transformer.bert;

import com.google.auto.service.AutoService;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Modality;
import dev.assay.spi.ModelCard;
import dev.assay.spi.ModelContext;
import dev.assay.spi.ModelProvider;
import dev.assay.spi.text.TextCoding;

/** BERT over text. */
@AutoService(ModelProvider.class)
public final class BertProvider implements ModelProvider<BertConfig, BertSampler> {
  @Override
  public String id() {
    return "bert";
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "BERT",
        "transformer",
        "Devlin, Chang, Lee and Toutanova, BERT: Pre-training of Deep Bidirectional Transformers for"
            + " Language Understanding",
        2019,
        "masked language model, 80/10/10: §3.1; pseudo-likelihood: Salazar et al. 2020; Gibbs"
            + " sampling: Wang and Cho 2019; no next-sentence task");
  }

  @Override
  public Class<BertConfig> configType() {
    return BertConfig.class;
  }

  @Override
  public Class<BertSampler> samplerType() {
    return BertSampler.class;
  }

  @Override
  public Fit fits(BertConfig config, DataSpec spec) {
    if (!(spec instanceof DataSpec.Conditional(Modality x, Modality condition))
        || !(condition instanceof Modality.Nothing || condition instanceof Modality.Label)) {
      return Fit.no("BERT learns text; it can leave labels aside, but no other condition");
    }
    return x.textForm().isPresent() ? Fit.raw() : Fit.no("BERT learns text");
  }

  @Override
  public GenerativeModel<BertSampler> create(BertConfig config, ModelContext context) {
    Modality x = ((DataSpec.Conditional) context.spec()).x();
    return new BertModel(
        config,
        context,
        new TextCoding(context.tokenizer(config.tokenizerSpec()), x.textForm().orElseThrow()));
  }
}
