package dev.assay.plugins.transformer.translation;

import com.google.auto.service.AutoService;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.ModelCard;
import dev.assay.spi.ModelContext;
import dev.assay.spi.ModelProvider;
import dev.assay.spi.pairs.PairCoding;
import dev.assay.spi.pairs.PairModel;
import dev.assay.spi.text.TextSampler;
import java.util.Set;

/** The transformer of 2017 from the weights of another one, by its tokens. */
@AutoService(ModelProvider.class)
public final class TransformerTunedProvider
    implements ModelProvider<TransformerTunedConfig, TextSampler> {
  private static final String PRETRAINED = "pretrained";

  @Override
  public String id() {
    return "transformer-tuned";
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "Transformer, fine-tuned",
        "transformer",
        TransformerProvider.PAPER,
        TransformerProvider.YEAR,
        "all weights are tuned; or W + (α / r) A B, over W or a rounded W: Hu et al. 2022, §4.1");
  }

  @Override
  public Class<TransformerTunedConfig> configType() {
    return TransformerTunedConfig.class;
  }

  @Override
  public Class<TextSampler> samplerType() {
    return TextSampler.class;
  }

  @Override
  public Set<String> parents() {
    return Set.of(PRETRAINED);
  }

  @Override
  public Fit fits(TransformerTunedConfig config, DataSpec spec) {
    return PairModel.fit(spec);
  }

  @Override
  public GenerativeModel<TextSampler> create(TransformerTunedConfig config, ModelContext context) {
    if (!(context.parent(PRETRAINED) instanceof PairModel parent
        && parent.data() instanceof PairCoding coding
        && parent.network() instanceof TransformerNetwork network)) {
      throw new IllegalArgumentException("its parent 'pretrained' is no transformer");
    }
    PairModel model =
        TransformerProvider.model(
            context,
            coding,
            network.style(),
            network.joint(),
            new PairModel.Training(
                config.batch(),
                coding.longest(),
                config.dropout(),
                config.labelSmoothing(),
                config.tuning().schedule(),
                TransformerProvider.BETA1,
                TransformerProvider.BETA2,
                config.tuning().weightDecay(),
                config.tuning().clip()),
            config.adapters());
    config.adapters().copy(parent, model.store());
    return model;
  }
}
