package dev.assay.spi;

/** What a model is asked to learn. */
public sealed interface DataSpec {
  /** p(x | condition); the condition may be {@link Modality.Nothing}. */
  record Conditional(Modality x, Modality condition) implements DataSpec {
    @Override
    public Conditional together() {
      return this;
    }
  }

  /**
   * Two sets of examples without pairs. A batch holds examples of both, mixed, each under the
   * number of its set: 0 for a, 1 for b.
   */
  record Unpaired(Modality a, Modality b) implements DataSpec {
    private static final int SETS = 2;

    /**
     * @throws IllegalStateException if the sets differ in form, so that no batch can hold both
     */
    @Override
    public Conditional together() {
      if (!a.equals(b)) {
        throw new IllegalStateException("no batch holds both " + a + " and " + b);
      }
      return new Conditional(a, new Modality.Label(SETS));
    }
  }

  /** What x and the condition of a batch are. */
  Conditional together();

  /** What x of a batch is. */
  default Modality x() {
    return together().x();
  }

  /** p(x) without a condition. */
  static Conditional of(Modality x) {
    return new Conditional(x, new Modality.Nothing());
  }
}
