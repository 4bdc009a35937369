package dev.assay.plugins.transformer.t5;

import com.google.auto.service.AutoService;
import dev.assay.nn.Schedule;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.ModelCard;
import dev.assay.spi.ModelContext;
import dev.assay.spi.ModelProvider;
import dev.assay.spi.pairs.PairModel;
import dev.assay.spi.text.TextCoding;
import dev.assay.spi.text.TextSampler;
import java.util.Set;

/** T5 from the weights of another one, by its tokens. */
@AutoService(ModelProvider.class)
public final class T5TunedProvider implements ModelProvider<T5TunedConfig, TextSampler> {
  private static final String PRETRAINED = "pretrained";

  @Override
  public String id() {
    return "t5-tuned";
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "T5, fine-tuned",
        "transformer",
        T5Provider.PAPER,
        T5Provider.YEAR,
        "all weights are tuned, at a constant rate after a warm-up: §3.1.3; or W + (α / r) A B, over W or a"
            + " rounded W: Hu et al. 2022, §4.1");
  }

  @Override
  public Class<T5TunedConfig> configType() {
    return T5TunedConfig.class;
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
  public Fit fits(T5TunedConfig config, DataSpec spec) {
    return T5Provider.fit(spec);
  }

  @Override
  public GenerativeModel<TextSampler> create(T5TunedConfig config, ModelContext context) {
    if (!(context.parent(PRETRAINED) instanceof PairModel parent
        && parent.data() instanceof TextToText read)) {
      throw new IllegalArgumentException("its parent 'pretrained' is no t5");
    }
    T5Training training = config.training();
    TextCoding coding = new TextCoding(read.coding().tokenizer(), T5Provider.form(context));
    boolean pairs = PairModel.fits(context.spec());
    PairModel model =
        T5Provider.model(
            context,
            new TextToText(coding, read.config(), training, pairs),
            Schedule.constant(training.learningRate()).warmedUp(training.warmup()),
            config.adapters());
    config.adapters().copy(parent, model.store());
    return model;
  }
}
