package dev.assay.plugins.statistical.ngram;

import com.google.auto.service.AutoService;
import dev.assay.plugins.statistical.Unconditional;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Modality;
import dev.assay.spi.ModelCard;
import dev.assay.spi.ModelContext;
import dev.assay.spi.ModelProvider;
import dev.assay.spi.TokenizerSpec;

/** n-gram model of text. */
@AutoService(ModelProvider.class)
public final class NgramProvider implements ModelProvider<NgramConfig, NgramSampler> {
  @Override
  public String id() {
    return "ngram";
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "n-gram",
        "statistical",
        "Chen and Goodman, An empirical study of smoothing techniques for language modeling",
        1999,
        "interpolated Kneser-Ney, §3: discount n1 / (n1 + 2 n2); additive smoothing, §2.1");
  }

  @Override
  public Class<NgramConfig> configType() {
    return NgramConfig.class;
  }

  @Override
  public Class<NgramSampler> samplerType() {
    return NgramSampler.class;
  }

  @Override
  public Fit fits(NgramConfig config, DataSpec spec) {
    return Unconditional.fit(
        spec, x -> x.textForm().isPresent() ? Fit.raw() : Unconditional.wants("text or sound", x));
  }

  @Override
  public GenerativeModel<NgramSampler> create(NgramConfig config, ModelContext context) {
    DataSpec.Conditional spec = (DataSpec.Conditional) context.spec();
    Modality.Text.Form form = spec.x().textForm().orElseThrow();
    return new NgramModel(config, form, context.tokenizer(TokenizerSpec.of(config.tokenizer())));
  }
}
