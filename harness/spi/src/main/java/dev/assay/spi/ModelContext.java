package dev.assay.spi;

import dev.assay.tensor.Backend;
import dev.assay.tensor.RandomStream;

/** What the harness gives a model at its creation. */
public interface ModelContext {
  /** Where to run; shared with no other model. */
  Backend backend();

  /**
   * The model's own root stream, for initial weights. Training and sampling streams are derived
   * from it by name.
   */
  RandomStream random();

  /**
   * A trained model that this one builds upon: an autoencoder, a teacher, a policy. Trained with
   * the same seed on this {@link #backend}, and on the same data in the same encoding of x, unless
   * the experiment binds it to other data. It is only to be read: the model neither trains,
   * restores nor closes it.
   *
   * @param role one of {@link ModelProvider#parents}
   * @throws IllegalArgumentException if there is no such role
   */
  GenerativeModel<?> parent(String role);

  /** What x and condition are, after preprocessing. */
  DataSpec spec();

  /** Number of training examples, as {@link BatchSource#size} counts them. */
  int trainSize();

  /**
   * A tokenizer built on the training texts only.
   *
   * @throws IllegalArgumentException if that side of the data is no text
   */
  Tokenizer tokenizer(TokenizerSpec spec);
}
