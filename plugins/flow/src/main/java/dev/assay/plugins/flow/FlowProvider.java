package dev.assay.plugins.flow;

import dev.assay.nn.ParameterStore;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Modality;
import dev.assay.spi.ModelContext;
import dev.assay.spi.ModelProvider;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import java.util.Optional;

/**
 * Makes flows of one paper: of tables and images, which it wants as real numbers.
 *
 * @param <C> training configuration
 */
public abstract class FlowProvider<C extends Record> implements ModelProvider<C, FlowSampler> {
  /** Why such data cannot be learned, as {@link Fit.No} says it; empty if it can. */
  protected abstract Optional<String> misfit(C config, Domain domain);

  /** Whether the flow is p(x | label). */
  protected abstract boolean conditional(C config);

  protected abstract Training training(C config);

  /** How it takes the levels of images. */
  protected Dequantization dequantization(C config) {
    return Dequantization.UNIFORM;
  }

  /**
   * The untrained flow.
   *
   * @param store takes its parameters
   * @param random decides what is drawn beyond their values
   */
  protected abstract Flow flow(C config, Domain domain, ParameterStore store, RandomStream random);

  @Override
  public final Class<FlowSampler> samplerType() {
    return FlowSampler.class;
  }

  @Override
  public final Fit fits(C config, DataSpec spec) {
    if (!(spec instanceof DataSpec.Conditional(Modality x, Modality condition))
        || !(condition instanceof Modality.Nothing || condition instanceof Modality.Label)) {
      return Fit.no("a flow learns p(x) or p(x | label), and no other condition");
    }
    if (!(x instanceof Modality.Tabular || x instanceof Modality.Image)) {
      return Fit.no("a flow learns real numbers: tables and images");
    }
    if (conditional(config) && condition instanceof Modality.Nothing) {
      return Fit.no("'conditional' needs labels, and this data has none");
    }
    return misfit(config, domain(config, spec))
        .map(Fit::no)
        .orElse(learnsNoise(config, x) ? Fit.raw() : Fit.dequantized());
  }

  @Override
  public final GenerativeModel<FlowSampler> create(C config, ModelContext context) {
    ParameterStore store = new ParameterStore(context.backend(), context.random().child("weights"));
    Domain domain = domain(config, context.spec());
    Flow flow = flow(config, domain, store.scope("flow"), context.random().child("structure"));
    Modality x = ((DataSpec.Conditional) context.spec()).x();
    Dequantizer dequantizer = null;
    Logit logit = null;
    if (x instanceof Modality.Image image) {
      logit = new Logit(image.levels());
      flow = flow.after(logit);
      if (learnsNoise(config, x)) {
        dequantizer = Dequantizer.create(store.scope("noise"), domain, image.levels());
      }
    }
    return new FlowModel(
        context.backend(),
        store,
        flow,
        logit,
        dequantizer,
        training(config),
        context.random().child("dequantization"));
  }

  private boolean learnsNoise(C config, Modality x) {
    return x instanceof Modality.Image && dequantization(config) == Dequantization.VARIATIONAL;
  }

  private Domain domain(C config, DataSpec spec) {
    DataSpec.Conditional given = (DataSpec.Conditional) spec;
    boolean labelled = conditional(config) && given.condition() instanceof Modality.Label;
    int classes = labelled ? ((Modality.Label) given.condition()).classes() : 0;
    Shape item =
        switch (given.x()) {
          case Modality.Tabular(int columns) -> Shape.of(columns);
          case Modality.Image image -> Shape.of(image.height(), image.width(), image.channels());
          case Modality.Text _, Modality.Audio _, Modality.Label _, Modality.Nothing _ ->
              throw new IllegalArgumentException("no flow fits " + given.x());
        };
    return new Domain(item, classes);
  }
}
