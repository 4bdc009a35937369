package dev.assay.plugins.statistical.bagofwords;

import com.google.auto.service.AutoService;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Modality;
import dev.assay.spi.ModelCard;
import dev.assay.spi.ModelContext;
import dev.assay.spi.ModelProvider;

/** Classes of texts by the words in them: what a network that reads must beat. */
@AutoService(ModelProvider.class)
public final class BagOfWordsProvider
    implements ModelProvider<BagOfWordsConfig, BagOfWordsSampler> {
  @Override
  public String id() {
    return "bag-of-words";
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "Bag-of-words logistic regression",
        "statistical",
        "Pang, Lee and Vaithyanathan, Thumbs up? Sentiment Classification using Machine Learning"
            + " Techniques",
        2002,
        "presence of words and the maximum-entropy classifier: §5.2 and 6.1; AdaGrad: Duchi et al."
            + " 2011");
  }

  @Override
  public Class<BagOfWordsConfig> configType() {
    return BagOfWordsConfig.class;
  }

  @Override
  public Class<BagOfWordsSampler> samplerType() {
    return BagOfWordsSampler.class;
  }

  @Override
  public Fit fits(BagOfWordsConfig config, DataSpec spec) {
    return spec instanceof DataSpec.Conditional(Modality.Label _, Modality.Text _)
        ? Fit.raw()
        : Fit.no("it tells classes under texts");
  }

  @Override
  public GenerativeModel<BagOfWordsSampler> create(BagOfWordsConfig config, ModelContext context) {
    Modality.Label label = (Modality.Label) ((DataSpec.Conditional) context.spec()).x();
    return new BagOfWordsModel(config, label.classes(), context.tokenizer(config.tokenizerSpec()));
  }
}
