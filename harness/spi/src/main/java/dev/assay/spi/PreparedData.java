package dev.assay.spi;

import java.util.Optional;

/**
 * A dataset after splitting and preprocessing, in raw data form: integer levels, raw columns,
 * texts. Immutable; several runs may read it at once.
 */
public interface PreparedData {
  DatasetCard card();

  /**
   * What examples are after preprocessing, {@link DataSpec#together} as {@link DataPreparer#spec}
   * said.
   */
  DataSpec.Conditional spec();

  /**
   * Training examples in stored order. Where preprocessing is random (stochastic binarisation), one
   * fixed draw.
   */
  Batch train();

  /** Validation examples, if the dataset has them or the split settings ask for them. */
  Optional<Batch> valid();

  /** Test examples. */
  Batch test();

  /** The density that made the data, where it is known and preprocessing keeps it. */
  Optional<Dataset.KnownDensity> density();

  /** What the test examples were made of, where it is known. */
  default Optional<Dataset.Factors> factors() {
    return Optional.empty();
  }

  /** The secrets among the training examples, where the settings ask for some. */
  default Optional<Canaries> canaries() {
    return Optional.empty();
  }

  /**
   * The data in the form a model wants; transforms are fitted on the training examples only. Equal
   * calls may return the same object.
   */
  EncodedData encoded(Fit.Encoding encoding);

  /**
   * A tokenizer built on the training texts only.
   *
   * @throws IllegalArgumentException if that side of the data is no text
   */
  Tokenizer tokenizer(TokenizerSpec spec);

  /**
   * How the test examples came about, as {@code key:value} parts joined by {@code |}; numbers are
   * comparable only between equal signatures. Begins with {@code data:} and ends with a hash of the
   * test examples, such as {@code data:mnist|binarize:stochastic|sha:1f3a90c25b7e}.
   */
  String signature();

  /** SHA-256 over the prepared training, validation and test examples, hexadecimal. */
  String hash();
}
