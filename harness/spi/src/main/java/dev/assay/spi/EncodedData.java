package dev.assay.spi;

import dev.assay.tensor.RandomStream;
import java.util.Optional;

/**
 * Data in the form one kind of model sees, and the way back. Immutable. Noise of held-out examples
 * (dequantisation) is drawn once, the same for all models and seeds.
 */
public interface EncodedData {
  /**
   * A source at its beginning.
   *
   * @param random decides the order of examples, the windows and fresh random preprocessing
   */
  ResumableSource batches(RandomStream random);

  /** Validation examples in the model's form, if there are any. */
  Optional<Batch> valid();

  /** Test examples in the model's form. */
  Batch test();

  /**
   * Values that a model drew, in raw form: unstandardised, rounded and clipped to levels.
   *
   * @param samples in the model's form
   */
  Values raw(Values samples);

  /**
   * Scores in raw units: −ln p(raw) = −ln p(encoded) − ln |det ∂encoded/∂raw|.
   *
   * @param batch the examples that were scored, in the model's form
   * @param nats −ln p of each under the model's form
   * @return −ln p of each in raw units
   */
  double[] rawNats(Batch batch, double[] nats);

  /**
   * What a score becomes once it is in raw units: itself, but a density over dequantised levels
   * becomes a lower bound on their mass (Theis et al. 2016, §3.1).
   */
  ScoreMethod rawMethod(ScoreMethod method);
}
