package dev.assay.plugins.diffusion.flowmatching;

import com.google.auto.service.AutoService;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Modality;
import dev.assay.spi.ModelCard;
import dev.assay.spi.ModelContext;
import dev.assay.spi.ModelProvider;
import dev.assay.tensor.Shape;

/** Flow matching over images and tables. */
@AutoService(ModelProvider.class)
public final class FlowMatchingProvider
    implements ModelProvider<FlowMatchingConfig, FlowMatchingSampler> {
  @Override
  public String id() {
    return "flow-matching";
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "Flow matching",
        "diffusion",
        "Lipman, Chen, Ben-Hamu, Nickel and Le, Flow Matching for Generative Modeling",
        2023,
        "path: eq. 20 to 22 with σ_min = 0; loss: eq. 23; likelihood: Chen et al. 2018, eq. 8;"
            + " networks: Ho et al. 2020, appendix B; guidance: Ho and Salimans 2022, eq. 6");
  }

  @Override
  public Class<FlowMatchingConfig> configType() {
    return FlowMatchingConfig.class;
  }

  @Override
  public Class<FlowMatchingSampler> samplerType() {
    return FlowMatchingSampler.class;
  }

  @Override
  public Fit fits(FlowMatchingConfig config, DataSpec spec) {
    if (!(spec instanceof DataSpec.Conditional(Modality x, Modality condition))
        || !(condition instanceof Modality.Nothing || condition instanceof Modality.Label)) {
      return Fit.no("flow matching learns p(x) or p(x | label), under no other condition");
    }
    if (config.training().conditional() && !(condition instanceof Modality.Label)) {
      return Fit.no("'conditional' needs data with labels");
    }
    return switch (x) {
      case Modality.Image _, Modality.Tabular _ -> config.architecture().fit(x, Fit.continuous());
      case Modality.Text _, Modality.Audio _, Modality.Label _, Modality.Nothing _ ->
          Fit.no("flow matching learns images and tables");
    };
  }

  @Override
  public GenerativeModel<FlowMatchingSampler> create(
      FlowMatchingConfig config, ModelContext context) {
    DataSpec.Conditional spec = (DataSpec.Conditional) context.spec();
    int classes =
        config.training().conditional() && spec.condition() instanceof Modality.Label(int count)
            ? count
            : 0;
    Shape item =
        switch (spec.x()) {
          case Modality.Image(int height, int width, int channels, int _) ->
              Shape.of(height, width, channels);
          case Modality.Tabular(int columns) -> Shape.of(columns);
          case Modality.Text _, Modality.Audio _, Modality.Label _, Modality.Nothing _ ->
              throw new IllegalArgumentException("flow matching does not fit " + spec.x());
        };
    return new FlowMatchingModel(config, context, item, classes);
  }
}
