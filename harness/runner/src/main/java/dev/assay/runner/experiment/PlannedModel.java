package dev.assay.runner.experiment;

import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.ModelContext;
import dev.assay.spi.ModelProvider;
import java.util.List;

/**
 * A model with its settings resolved.
 *
 * @param name as in the file
 * @param label settings that differ from their defaults, such as {@code latent=8 beta=4.0}; may be
 *     empty
 * @param samplers at least one
 */
public record PlannedModel<C extends Record, S extends Record>(
    String name, ModelProvider<C, S> provider, C config, String label, List<Sampler<S>> samplers) {
  public PlannedModel {
    samplers = List.copyOf(samplers);
  }

  /**
   * @param label settings that differ from their defaults; empty for the default sampler
   */
  public record Sampler<S extends Record>(String label, S config) {}

  public String id() {
    return provider.id();
  }

  public Fit fits(DataSpec spec) {
    return provider.fits(config, spec);
  }

  /** An untrained model. */
  public GenerativeModel<S> create(ModelContext context) {
    return provider.create(config, context);
  }
}
