package dev.assay.spi;

/** What a model is asked to learn. */
public sealed interface DataSpec {
  /** p(x | condition); the condition may be {@link Modality.Nothing}. */
  record Conditional(Modality x, Modality condition) implements DataSpec {}

  /** Two sets of examples without pairs. */
  record Unpaired(Modality a, Modality b) implements DataSpec {}

  /** p(x) without a condition. */
  static Conditional of(Modality x) {
    return new Conditional(x, new Modality.Nothing());
  }
}
