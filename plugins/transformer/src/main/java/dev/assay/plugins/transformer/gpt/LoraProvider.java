package dev.assay.plugins.transformer.gpt;

import com.google.auto.service.AutoService;
import dev.assay.nn.ParameterStore;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Modality;
import dev.assay.spi.ModelCard;
import dev.assay.spi.ModelContext;
import dev.assay.spi.ModelProvider;
import dev.assay.spi.text.TextCoding;
import dev.assay.spi.text.TextSampler;
import java.util.Set;

/** A GPT tuned by low-rank matrices, over its own numbers or over rounded ones. */
@AutoService(ModelProvider.class)
public final class LoraProvider implements ModelProvider<LoraConfig, TextSampler> {
  private static final String BASE = "base";

  @Override
  public String id() {
    return "gpt-lora";
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "GPT with low-rank adapters",
        "transformer",
        "Hu, Shen, Wallis, Allen-Zhu, Li, Wang, Wang and Chen, LoRA: Low-Rank Adaptation of Large"
            + " Language Models",
        2022,
        "W + (α / r) A B: §4.1; over a rounded W: Dettmers et al. 2023, with the uniform rounding of"
            + " Dettmers et al. 2022, eq. 1");
  }

  @Override
  public Class<LoraConfig> configType() {
    return LoraConfig.class;
  }

  @Override
  public Class<TextSampler> samplerType() {
    return TextSampler.class;
  }

  @Override
  public Set<String> parents() {
    return Set.of(BASE);
  }

  @Override
  public Fit fits(LoraConfig config, DataSpec spec) {
    return spec instanceof DataSpec.Conditional(Modality x, Modality condition)
            && x.textForm().isPresent()
            && (condition instanceof Modality.Nothing || condition instanceof Modality.Label)
        ? Fit.raw()
        : Fit.no("it learns text; it can leave labels aside, but no other condition");
  }

  @Override
  public GenerativeModel<TextSampler> create(LoraConfig config, ModelContext context) {
    if (!(context.parent(BASE) instanceof GptModel base
        && base.data() instanceof TextTokens(TextCoding read, int length))) {
      throw new IllegalArgumentException("its parent 'base' is no gpt of text");
    }
    Modality.Text.Form form = ((DataSpec.Conditional) context.spec()).x().textForm().orElseThrow();
    TextCoding coding = new TextCoding(read.tokenizer(), form);
    if (!base.config().tied() && coding.choices() != read.choices()) {
      throw new IllegalArgumentException(
          "its base predicts "
              + read.choices()
              + " tokens, but texts of this form need "
              + coding.choices()
              + "; a base that is tied fits both forms");
    }
    ParameterStore store = new ParameterStore(context.backend(), context.random().child("weights"));
    GptModel model =
        new GptModel(
            base.config().tuned(config),
            context,
            new TextTokens(coding, length),
            store,
            config.adapters().frozen(store));
    config.adapters().copy(base, store);
    return model;
  }
}
