package dev.assay.spi;

/**
 * One model in training or trained. Used by one thread at a time. What it can do beyond sampling it
 * shows by implementing {@link Scorer}, {@link LatentCodec} and {@link Infiller}.
 *
 * @param <S> sampler configuration
 */
public interface GenerativeModel<S extends Record> extends AutoCloseable {
  /**
   * ONE update as this approach defines it: a gradient step, an EM sweep, n critic steps and one
   * generator step.
   */
  StepReport train(BatchSource batches);

  /**
   * Draws samples in raw data form (levels, columns or text, in the encoding the model was trained
   * on). Sample i depends on {@code request.stream(i)} and its condition alone, not on how many are
   * drawn at once.
   */
  Samples sample(SampleRequest request, S sampler);

  /** Numbers that the model consists of, whether training sets them or a parent has done so. */
  long parameters();

  /** Of {@link #parameters} those that training sets. */
  default long trained() {
    return parameters();
  }

  /**
   * Writes everything that {@link #train} reads and changes: weights, optimizer, averages,
   * counters.
   */
  void save(StateStore store);

  /** Continues bit for bit from what {@link #save} wrote on a model of the same configuration. */
  void restore(StateStore store);

  @Override
  void close();
}
