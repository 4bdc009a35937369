package dev.assay.plugins.statistical;

import dev.assay.spi.Configs;
import dev.assay.spi.ModelContext;
import dev.assay.spi.Tokenizer;

/** How a text is cut. */
public enum TokenizerKind {
  BYTE,
  CHAR,
  WORD;

  /** The tokenizer of this kind for the training text. */
  public Tokenizer of(ModelContext context) {
    return context.tokenizer(Configs.key(this));
  }
}
