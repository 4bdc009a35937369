package dev.assay.spi;

import java.util.Set;

/**
 * Makes models of one kind; found by {@link java.util.ServiceLoader}. Stateless, cheap to create.
 *
 * @param <C> training configuration: a record whose components carry {@link Param}
 * @param <S> sampler configuration: a record whose components carry {@link Param}
 */
public interface ModelProvider<C extends Record, S extends Record> {
  /** Lower-case words joined by hyphens; unique. */
  String id();

  ModelCard card();

  Class<C> configType();

  Class<S> samplerType();

  /**
   * Roles of the trained models that {@link #create} needs, such as {@code autoencoder}; lower-case
   * words joined by underscores. An experiment names a model for each.
   */
  default Set<String> parents() {
    return Set.of();
  }

  /**
   * Whether a model of this configuration can learn such data. Cheap; called before any compute.
   */
  Fit fits(C config, DataSpec spec);

  /** An untrained model. Called only if {@link #fits} said yes. */
  GenerativeModel<S> create(C config, ModelContext context);
}
