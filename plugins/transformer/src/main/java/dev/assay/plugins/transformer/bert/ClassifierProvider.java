package dev.assay.plugins.transformer.bert;

import com.google.auto.service.AutoService;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Modality;
import dev.assay.spi.ModelCard;
import dev.assay.spi.ModelContext;
import dev.assay.spi.ModelProvider;
import java.util.Set;

/** Classes of texts, fine-tuned from a BERT. */
@AutoService(ModelProvider.class)
public final class ClassifierProvider
    implements ModelProvider<ClassifierConfig, ClassifierSampler> {
  private static final String ENCODER = "encoder";

  @Override
  public String id() {
    return "bert-classifier";
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "BERT, fine-tuned to classify",
        "transformer",
        "Devlin, Chang, Lee and Toutanova, BERT: Pre-training of Deep Bidirectional Transformers for"
            + " Language Understanding",
        2019,
        "all weights are tuned, with a new output layer: §3.2 and §4.1, over the mean of all vectors;"
            + " or W + (α / r) A B, over W or a rounded W: Hu et al. 2022, §4.1");
  }

  @Override
  public Class<ClassifierConfig> configType() {
    return ClassifierConfig.class;
  }

  @Override
  public Class<ClassifierSampler> samplerType() {
    return ClassifierSampler.class;
  }

  @Override
  public Set<String> parents() {
    return Set.of(ENCODER);
  }

  @Override
  public Fit fits(ClassifierConfig config, DataSpec spec) {
    return spec instanceof DataSpec.Conditional(Modality.Label _, Modality.Text _)
        ? Fit.raw()
        : Fit.no("it tells classes under texts");
  }

  @Override
  public GenerativeModel<ClassifierSampler> create(ClassifierConfig config, ModelContext context) {
    if (!(context.parent(ENCODER) instanceof BertModel pretrained)) {
      throw new IllegalArgumentException("its parent 'encoder' is no bert");
    }
    Modality.Label label = (Modality.Label) ((DataSpec.Conditional) context.spec()).x();
    return new ClassifierModel(config, context, pretrained, label.classes());
  }
}
