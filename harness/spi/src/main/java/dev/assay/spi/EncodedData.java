package dev.assay.spi;

import dev.assay.tensor.RandomStream;

/** Data in the form one kind of model sees, and the way back. Immutable. */
public interface EncodedData {
  /**
   * A source at its beginning.
   *
   * @param random decides the order of examples, the windows and fresh random preprocessing
   */
  ResumableSource batches(RandomStream random);

  /**
   * Raw examples in the model's form.
   *
   * @param random example i draws its noise (dequantisation) from {@code random.child(first + i)}
   * @param first index of the first example of the batch within its split
   */
  Encoded encode(Batch raw, RandomStream random, long first);

  /**
   * Values in the model's form, such as samples, back in raw form: rounded and clipped to levels,
   * unstandardised.
   */
  Values decode(Values values);

  /**
   * What a score becomes once it is in raw units: itself, but a density over dequantised levels
   * becomes a lower bound on their mass (Theis et al. 2016, §3.1).
   */
  ScoreMethod rawMethod(ScoreMethod method);

  /**
   * @param batch in the model's form
   * @param logDeterminants ln |det ∂encoded/∂raw| of each example, in nats: −ln p(raw) = −ln
   *     p(encoded) − this
   */
  record Encoded(Batch batch, double[] logDeterminants) {
    public Encoded {
      if (batch.count() != logDeterminants.length) {
        throw new IllegalArgumentException(
            batch.count() + " examples but " + logDeterminants.length + " log-determinants");
      }
    }
  }
}
