package dev.assay.plugins.diffusion.latent;

import dev.assay.spi.DataSpec;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Modality;
import dev.assay.spi.ModelContext;
import dev.assay.spi.Tokenizer;
import dev.assay.spi.TokenizerSpec;
import dev.assay.tensor.Backend;
import dev.assay.tensor.RandomStream;

/**
 * A context whose examples are codes, under the same condition.
 *
 * @param width numbers in a code
 */
record CodeContext(ModelContext outer, int width) implements ModelContext {
  @Override
  public Backend backend() {
    return outer.backend();
  }

  @Override
  public RandomStream random() {
    return outer.random().child("codes");
  }

  @Override
  public GenerativeModel<?> parent(String role) {
    return outer.parent(role);
  }

  @Override
  public DataSpec spec() {
    DataSpec.Conditional spec = (DataSpec.Conditional) outer.spec();
    return new DataSpec.Conditional(new Modality.Tabular(width), spec.condition());
  }

  @Override
  public int trainSize() {
    return outer.trainSize();
  }

  @Override
  public Tokenizer tokenizer(TokenizerSpec spec) {
    return outer.tokenizer(spec);
  }
}
