package dev.assay.spi;

/**
 * Capability: the model can complete tables and images of which a part is known. What is known is
 * kept to the last bit; the rest is drawn.
 *
 * <p>A model says in its documentation what it draws from: p(unknown | known), or something near
 * it. An autoregressive model, for example, draws each unknown number given those before it alone,
 * which is p(unknown | known) only where nothing known comes after something unknown.
 *
 * @param <S> sampler configuration
 */
public interface Infiller<S extends Record> extends GenerativeModel<S> {
  /**
   * Completes each value of {@code observed}. Sample i depends on {@code request.stream(i)}, its
   * condition and what is known of it alone.
   *
   * @param observed {@code request.count()} values
   */
  Samples infill(SampleRequest request, Observed observed, S sampler);
}
