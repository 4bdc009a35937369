package dev.assay.plugins.recurrent.language;

import dev.assay.plugins.recurrent.cell.Cell;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Modality;
import dev.assay.spi.ModelContext;
import dev.assay.spi.ModelProvider;
import dev.assay.spi.text.TextCoding;
import dev.assay.spi.text.TextSampler;

/** What the recurrent language models share: all but the cell and the card. */
abstract sealed class LanguageProvider implements ModelProvider<LanguageConfig, TextSampler>
    permits RnnProvider, GruProvider, LstmProvider {
  private final Cell.Kind kind;

  LanguageProvider(Cell.Kind kind) {
    this.kind = kind;
  }

  @Override
  public final Class<LanguageConfig> configType() {
    return LanguageConfig.class;
  }

  @Override
  public final Class<TextSampler> samplerType() {
    return TextSampler.class;
  }

  @Override
  public final Fit fits(LanguageConfig config, DataSpec spec) {
    if (!(spec instanceof DataSpec.Conditional(Modality x, Modality condition))
        || !(condition instanceof Modality.Nothing || condition instanceof Modality.Label)) {
      return Fit.no("it learns p(x); it can leave labels aside, but no other condition");
    }
    return x.textForm().isPresent() ? Fit.raw() : Fit.no("it learns text and sound alone");
  }

  @Override
  public final GenerativeModel<TextSampler> create(LanguageConfig config, ModelContext context) {
    Modality x = ((DataSpec.Conditional) context.spec()).x();
    Modality.Text.Form form = x.textForm().orElseThrow();
    TextCoding coding = new TextCoding(context.tokenizer(config.tokenizerSpec()), form);
    return new LanguageModel(config, kind, context, coding);
  }
}
